"""The site: a citizen tells, a moderator publishes, a service answers, everybody can see it."""
