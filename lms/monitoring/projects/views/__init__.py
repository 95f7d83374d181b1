"""Addresses and pages of projects."""

from lms.monitoring.projects.views import comments, offers, quarters, rows, tabs
from lms.monitoring.projects.views.blueprint import bp

__all__ = ["bp", "comments", "offers", "quarters", "rows", "tabs"]
