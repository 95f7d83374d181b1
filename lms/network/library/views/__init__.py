"""Addresses and pages of the library."""

from lms.network.library.views import editing, shelf
from lms.network.library.views.blueprint import bp

__all__ = ["bp", "editing", "shelf"]
