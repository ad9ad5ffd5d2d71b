"""From many experiences to a note, from a note to improvements, from improvements to effects."""
