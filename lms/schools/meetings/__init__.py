"""Meetings of a tutor with a cohort or one of its teams."""
