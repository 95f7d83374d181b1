"""Addresses and pages of certificates."""

from lms.outcomes.certificates.views import certificate, issue, registry, verification
from lms.outcomes.certificates.views.blueprint import bp

__all__ = ["bp", "certificate", "issue", "registry", "verification"]
