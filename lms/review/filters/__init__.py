"""Saved filters: parts of the queue that a tutor comes back to."""
