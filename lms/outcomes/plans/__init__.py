"""The school's development plan: what was accepted, read as one document."""
