"""The one blueprint of all addresses of cohorts."""

from flask import Blueprint

bp = Blueprint("cohorts", __name__, url_prefix="/cohorts")
