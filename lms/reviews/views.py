"""Addresses and pages of reviews."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import allow
from lms.accounts.models import Role

bp = Blueprint("reviews", __name__, url_prefix="/reviews")


@bp.route("/", methods=["GET"])
@allow(Role.TUTOR, Role.ADMIN)
def queue(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/next", methods=["POST"])
@allow(Role.TUTOR)
def next(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/", methods=["GET"])
@allow(Role.TUTOR, Role.ADMIN)
def desk(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/take", methods=["POST"])
@allow(Role.TUTOR)
def take(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/draft", methods=["POST"])
@allow(Role.TUTOR)
def save(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/release", methods=["POST"])
@allow(Role.TUTOR)
def release(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/let-go", methods=["POST"])
@allow(Role.TUTOR)
def let_go(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
