"""The course through the eyes of a participant of any cohort on any day."""
