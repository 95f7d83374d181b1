"""The one blueprint of all addresses of projects."""

from flask import Blueprint

bp = Blueprint("projects", __name__, url_prefix="/projects")
