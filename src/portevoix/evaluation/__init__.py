"""Engine × cases → scores."""
