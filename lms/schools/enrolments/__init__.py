"""Enrolments: schools, teams and people who come as a list in a file."""
