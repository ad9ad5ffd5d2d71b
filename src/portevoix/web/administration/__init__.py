"""Pages of those who look after the site: accounts, directory, journal; no models."""
