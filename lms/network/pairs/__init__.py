"""Pairs of schools: a plan of what two schools do together, and what came of it."""
