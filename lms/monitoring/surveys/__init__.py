"""Surveys: what people think of the course, told so that nobody learns who does."""
