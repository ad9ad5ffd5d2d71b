"""What one text says. Every function here is a pure function of one text."""
