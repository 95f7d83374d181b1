"""The school's project: its tasks, events and risks, and what became of them."""
