"""From a deposited text to a decision, which is always a person's."""
