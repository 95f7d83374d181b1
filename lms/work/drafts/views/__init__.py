"""Addresses and pages of drafts: writing together, files, preview, sending."""

from lms.work.drafts.views import draft, fields, files
from lms.work.drafts.views.blueprint import bp

__all__ = ["bp", "draft", "fields", "files"]
