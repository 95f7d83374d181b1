"""What is taught, and when."""
