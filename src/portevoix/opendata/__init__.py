"""Official formats in and out, and the repairs real files need."""
