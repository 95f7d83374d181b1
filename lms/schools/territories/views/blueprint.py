"""The blueprint to which all pages of territories belong."""

from flask import Blueprint

bp = Blueprint("territories", __name__, url_prefix="/territories")
