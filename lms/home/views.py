"""The front page of the course and the start page of each role."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.access import PUBLIC, SIGNED_IN, allow

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(PUBLIC)
def front() -> ResponseReturnValue:
    """Stub."""
    return render_template("errors/404.html")


@bp.get("/home/")
@allow(SIGNED_IN)
def start() -> ResponseReturnValue:
    """Stub."""
    return render_template("errors/404.html")
