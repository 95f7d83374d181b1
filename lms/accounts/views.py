"""Addresses and pages of accounts."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import PUBLIC, SIGNED_IN, allow
from lms.accounts.models import Role

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(PUBLIC)
def sign_in(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/sign-out", methods=["POST"])
@allow(SIGNED_IN)
def sign_out(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/forgot", methods=["GET", "POST"])
@allow(PUBLIC)
def forgot(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
def reset(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/consent", methods=["GET", "POST"])
@allow(SIGNED_IN)
def consent(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/consent/text", methods=["GET"])
@allow(PUBLIC)
def consent_text(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/profile", methods=["GET", "POST"])
@allow(SIGNED_IN)
def profile(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/password", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change_password(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/people", methods=["GET"])
@allow(Role.ADMIN)
def people(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/people/<int:user_id>", methods=["GET", "POST"])
@allow(Role.ADMIN)
def person(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
