"""Addresses and pages of the bank of practices."""

from lms.network.practices.views import bank, card, exchange, writing
from lms.network.practices.views.blueprint import bp

__all__ = ["bank", "bp", "card", "exchange", "writing"]
