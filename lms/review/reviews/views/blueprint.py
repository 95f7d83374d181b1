"""The one blueprint of all addresses of reviews."""

from flask import Blueprint

from lms.review.reviews.loading import release_first

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
bp.before_request(release_first)
