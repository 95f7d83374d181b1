"""Addresses and pages of mentors."""

from lms.network.mentors.views import answers, asking, offers, requests
from lms.network.mentors.views.blueprint import bp

__all__ = ["answers", "asking", "bp", "offers", "requests"]
