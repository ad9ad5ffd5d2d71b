"""What waits for agents: lists, remarks between services, what they are told by e-mail."""
