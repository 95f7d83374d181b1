"""Addresses and pages of teams and their schools."""

from lms.schools.teams.views import editing, schools, table, team
from lms.schools.teams.views.blueprint import bp

__all__ = ["bp", "editing", "schools", "table", "team"]
