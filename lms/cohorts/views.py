"""Addresses and pages of cohorts."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import allow
from lms.accounts.models import Role

bp = Blueprint("cohorts", __name__, url_prefix="/cohorts")


@bp.route("/", methods=["GET"])
@allow(Role.ADMIN)
def index(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.ADMIN)
def create(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:cohort_id>/", methods=["GET"])
@allow(Role.ADMIN, Role.TUTOR)
def cohort(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:cohort_id>/calendar", methods=["GET", "POST"])
@allow(Role.ADMIN)
def calendar(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:cohort_id>/tutors", methods=["GET", "POST"])
@allow(Role.ADMIN)
def tutors(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:cohort_id>/open", methods=["GET", "POST"])
@allow(Role.ADMIN)
def open(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:cohort_id>/close", methods=["POST"])
@allow(Role.ADMIN)
def close(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
