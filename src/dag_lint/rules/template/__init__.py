"""Templates and the files they come from."""
