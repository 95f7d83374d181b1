"""Addresses and pages of territories, for admins."""

from lms.schools.territories.views import belonging, territory
from lms.schools.territories.views.blueprint import bp

__all__ = ["belonging", "bp", "territory"]
