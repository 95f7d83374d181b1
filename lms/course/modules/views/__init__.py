"""Addresses and pages of modules: the programme, a lesson, and what goes with it."""

from lms.course.modules.views import beside, lesson, programme
from lms.course.modules.views.blueprint import bp

__all__ = ["beside", "bp", "lesson", "programme"]
