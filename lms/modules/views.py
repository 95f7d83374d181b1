"""Addresses and pages of modules."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import SIGNED_IN, allow
from lms.accounts.models import Role
from lms.modules import commands

bp = Blueprint("modules", __name__, url_prefix="/modules")
for command in (commands.check, commands.sync, commands.export):
    bp.cli.add_command(command)


@bp.route("/", methods=["GET"])
@allow(SIGNED_IN)
def index(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/", methods=["GET"])
@allow(SIGNED_IN)
def read(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/read", methods=["POST"])
@allow(SIGNED_IN)
def mark_read(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/media/<digest>/<name>", methods=["GET"])
@allow(SIGNED_IN)
def media(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/import", methods=["GET", "POST"])
@allow(Role.ADMIN)
def upload(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/revisions/", methods=["GET"])
@allow(Role.ADMIN)
def revisions(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/revisions/<int:number>/", methods=["GET"])
@allow(Role.ADMIN)
def preview(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/revisions/<int:number>/difference", methods=["GET"])
@allow(Role.ADMIN)
def difference(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/revisions/<int:number>/publish", methods=["POST"])
@allow(Role.ADMIN)
def publish(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<slug>/withdraw", methods=["POST"])
@allow(Role.ADMIN)
def withdraw(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
