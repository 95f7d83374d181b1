"""Mentors: who offers to help other schools, what is asked, what came of it."""
