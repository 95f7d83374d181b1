"""Addresses and pages of teams."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import PUBLIC, SIGNED_IN, allow
from lms.accounts.models import Role

bp = Blueprint("teams", __name__, url_prefix="/teams")


@bp.route("/", methods=["GET"])
@allow(Role.ADMIN, Role.TUTOR)
def index(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/mine", methods=["GET"])
@allow(SIGNED_IN)
def mine(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:team_id>/", methods=["GET"])
@allow(SIGNED_IN)
def team(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/new/<int:cohort_id>", methods=["GET", "POST"])
@allow(Role.ADMIN)
def create(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:team_id>/edit", methods=["GET", "POST"])
@allow(Role.ADMIN)
def edit(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:team_id>/invitations", methods=["POST"])
@allow(SIGNED_IN)
def invite(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/invitations/<int:invitation_id>/withdraw", methods=["POST"])
@allow(SIGNED_IN)
def withdraw_invitation(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/join/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
def join(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
