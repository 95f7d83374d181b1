"""The one blueprint of all addresses of partners."""

from flask import Blueprint

bp = Blueprint("partners", __name__, url_prefix="/partners")
