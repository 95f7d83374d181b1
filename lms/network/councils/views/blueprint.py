"""The one blueprint of all addresses of councils."""

from flask import Blueprint

bp = Blueprint("councils", __name__, url_prefix="/partners/council")
