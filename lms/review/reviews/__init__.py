"""Reviewing: the queue, the lease, levels, remarks and verdicts."""
