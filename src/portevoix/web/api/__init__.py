"""What machines read of the site: open data to download, and an API to ask."""
