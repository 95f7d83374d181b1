"""Addresses and pages of certificates."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import PUBLIC, SIGNED_IN, allow
from lms.accounts.models import Role

bp = Blueprint("certificates", __name__, url_prefix="/certificates")


@bp.route("/", methods=["GET"])
@allow(Role.TUTOR, Role.ADMIN)
def registry(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/eligible", methods=["GET"])
@allow(Role.TUTOR, Role.ADMIN)
def eligible(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/issue", methods=["POST"])
@allow(Role.TUTOR)
def issue(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/remaining/<int:user_id>", methods=["GET"])
@allow(SIGNED_IN)
def remaining(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<number>.pdf", methods=["GET"])
@allow(SIGNED_IN)
def pdf(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<number>", methods=["GET"])
@allow(Role.TUTOR, Role.ADMIN)
def certificate(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<number>/revoke", methods=["GET", "POST"])
@allow(Role.ADMIN)
def revoke(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/verify/", methods=["GET"])
@allow(PUBLIC)
def verify_form(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/verify/<code>", methods=["GET"])
@allow(PUBLIC)
def verify(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
