"""Networks, structures and territories: who is concerned."""
