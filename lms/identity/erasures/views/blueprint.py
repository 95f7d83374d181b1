"""Where erasures live."""

from flask import Blueprint

bp = Blueprint("erasures", __name__)
