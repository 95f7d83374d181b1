"""Addresses and pages of the register of people."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import allow
from lms.accounts.models import Role

bp = Blueprint("people", __name__, url_prefix="/people")


@bp.get("/")
@allow(Role.ADMIN)
def index() -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.get("/<int:user_id>/")
@allow(Role.ADMIN)
def person(user_id: int) -> ResponseReturnValue:
    """Stub."""
    abort(501)
