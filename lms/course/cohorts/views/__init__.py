"""Addresses and pages of cohorts."""

from lms.course.cohorts.views import calendar, cohort, copying, planning, stages
from lms.course.cohorts.views.blueprint import bp

__all__ = ["bp", "calendar", "cohort", "copying", "planning", "stages"]
