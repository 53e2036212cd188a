"""What is stored, and what the database itself forbids."""
