"""Speak instead of typing: the socket that listens, and the microphone beside a field."""
