"""What services answer, and what people think of it."""
