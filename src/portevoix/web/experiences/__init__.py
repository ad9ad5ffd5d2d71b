"""Experiences: the noun everyone needs; no page of its own."""
