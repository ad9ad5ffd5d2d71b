"""The one door to the engines: each call leaves a Run."""
