"""« Mon avis »: what the author of a story does with a private link, without an account."""
