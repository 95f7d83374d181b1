"""Addresses and pages of councils."""

from lms.network.councils.views import meetings, members
from lms.network.councils.views.blueprint import bp

__all__ = ["bp", "meetings", "members"]
