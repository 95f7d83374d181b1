"""Where the bank of practices answers."""

from flask import Blueprint

bp = Blueprint("practices", __name__, url_prefix="/practices")
