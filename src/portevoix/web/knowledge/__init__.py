"""What services know and may tell: articles brought in step, searched, read, checked again."""
