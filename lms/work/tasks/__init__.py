"""Newer tasks: a team sees what changed and takes it for its draft, or does not."""
