"""What agents see and do: one module a screen."""
