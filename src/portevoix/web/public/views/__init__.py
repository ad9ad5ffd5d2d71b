"""Pages that anyone may read, by what they are about."""
