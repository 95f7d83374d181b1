"""What tutors do with a work, and what is said about it."""
