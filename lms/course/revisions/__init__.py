"""Revisions: how the texts of a module are brought in, compared and published."""
