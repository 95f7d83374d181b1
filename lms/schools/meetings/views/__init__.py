"""Addresses and pages of meetings."""

from lms.schools.meetings.views import arranging
from lms.schools.meetings.views.blueprint import bp

__all__ = ["arranging", "bp"]
