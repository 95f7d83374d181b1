"""Addresses and pages of partners."""

from lms.network.partners.views import (
    agreements,
    lists,
    merging,
    offers,
    partner,
    register,
)
from lms.network.partners.views.blueprint import bp

__all__ = ["agreements", "bp", "lists", "merging", "offers", "partner", "register"]
