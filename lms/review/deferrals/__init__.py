"""Deferrals: a team asks for more days for a work, a tutor answers."""
