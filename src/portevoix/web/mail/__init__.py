"""The e-mails that are owed: each leaves once, later when the server is down, then is forgotten."""
