"""Pages for usagers; no models."""
