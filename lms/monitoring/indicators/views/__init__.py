"""Addresses and pages of indicators."""

from lms.monitoring.indicators.views import (
    choice,
    files,
    overview,
    school,
    target,
)
from lms.monitoring.indicators.views.blueprint import bp

__all__ = ["bp", "choice", "files", "overview", "school", "target"]
