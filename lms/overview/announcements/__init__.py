"""Announcements: a word of staff to a whole cohort, or to one team of it."""
