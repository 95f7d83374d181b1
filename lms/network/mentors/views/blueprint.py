"""The one blueprint of all addresses of mentors and requests."""

from flask import Blueprint

bp = Blueprint("mentors", __name__, url_prefix="/mentors")
