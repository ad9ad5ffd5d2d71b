"""The engines of dictation: on this machine, on a server, or none and why."""
