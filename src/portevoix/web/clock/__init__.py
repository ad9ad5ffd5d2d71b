"""What is done again and again: each job at its interval, once whatever the number of clocks."""
