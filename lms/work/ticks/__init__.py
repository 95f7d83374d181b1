"""Checklists: what the team has answered of the remarks to a returned work."""
