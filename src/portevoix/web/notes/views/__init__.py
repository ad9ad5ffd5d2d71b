"""Pages of studies, of notes and of improvements."""
