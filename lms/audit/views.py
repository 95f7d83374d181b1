"""Addresses and pages of audit."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import allow
from lms.accounts.models import Role

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.route("/", methods=["GET"])
@allow(Role.ADMIN)
def journal(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
