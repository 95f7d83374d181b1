"""The blueprint to which all pages of teams and their schools belong."""

from flask import Blueprint

bp = Blueprint("teams", __name__, url_prefix="/teams")
