"""Pages for agents; no models."""
