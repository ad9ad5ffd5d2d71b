"""SQLite with a line of writers; see `base`."""
