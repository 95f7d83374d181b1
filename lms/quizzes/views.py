"""Addresses and pages of quizzes."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import SIGNED_IN, allow

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes")


@bp.route("/<slug>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
def take(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/results/<int:result_id>", methods=["GET"])
@allow(SIGNED_IN)
def result(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
