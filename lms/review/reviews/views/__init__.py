"""Addresses and pages of reviews: the queue, and the desk of one work."""

from lms.review.reviews.views import desk, queue, verdict
from lms.review.reviews.views.blueprint import bp

__all__ = ["bp", "desk", "queue", "verdict"]
