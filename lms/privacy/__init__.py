"""What is kept about people: one table of it, and what follows from the table."""
