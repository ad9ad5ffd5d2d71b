"""The people who answer for a service: sign-in, roles, who may what where."""
