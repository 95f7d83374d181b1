"""Self-checks: answering and results."""
