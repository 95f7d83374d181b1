"""Presence: who of the team is in which field of a draft right now."""
