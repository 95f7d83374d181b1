"""Addresses and pages of meetings."""

from lms.schools.meetings.views import aftermath, arranging, attendance, lists, meeting
from lms.schools.meetings.views.blueprint import bp

__all__ = ["aftermath", "arranging", "attendance", "bp", "lists", "meeting"]
