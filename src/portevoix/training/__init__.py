"""Making the weights that ship. Needs the `train` extra; never imported at run time."""
