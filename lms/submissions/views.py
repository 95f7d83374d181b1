"""Addresses and pages of submissions."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from lms.access import SIGNED_IN, allow

bp = Blueprint("submissions", __name__, url_prefix="/submissions")


@bp.route("/start/<slug>", methods=["POST"])
@allow(SIGNED_IN)
def start(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/", methods=["GET"])
@allow(SIGNED_IN)
def work(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/fields/<key>", methods=["POST"])
@allow(SIGNED_IN)
def save_field(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/fields/<key>/settle", methods=["POST"])
@allow(SIGNED_IN)
def settle(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/preview", methods=["POST"])
@allow(SIGNED_IN)
def preview(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/files", methods=["POST"])
@allow(SIGNED_IN)
def add_file(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/files/<int:file_id>/remove", methods=["POST"])
@allow(SIGNED_IN)
def remove_file(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/files/<int:file_id>", methods=["GET"])
@allow(SIGNED_IN)
def file(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/send", methods=["GET", "POST"])
@allow(SIGNED_IN)
def send(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/<int:submission_id>/attempts/<int:number>/", methods=["GET"])
@allow(SIGNED_IN)
def attempt(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route(
    "/<int:submission_id>/attempts/<int:number>/files/<int:file_id>", methods=["GET"]
)
@allow(SIGNED_IN)
def attempt_file(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
