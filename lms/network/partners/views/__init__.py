"""Addresses and pages of partners."""

from lms.network.partners.views import agreements, lists, offers, partner, register
from lms.network.partners.views.blueprint import bp

__all__ = ["agreements", "bp", "lists", "offers", "partner", "register"]
