"""Addresses and pages of erasures: of whoever asks, and of admins."""

from lms.identity.erasures.views import answering, asking
from lms.identity.erasures.views.blueprint import bp

__all__ = ["answering", "asking", "bp"]
