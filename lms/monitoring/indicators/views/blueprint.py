"""The blueprint to which every view file of this feature adds its addresses."""

from flask import Blueprint

bp = Blueprint("indicators", __name__, url_prefix="/indicators")
