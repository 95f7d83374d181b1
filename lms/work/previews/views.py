"""Addresses and pages of previews; other pages of ours show them in a frame."""

import sqlalchemy as sa
from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.core.headers import let_us_frame
from lms.work.previews.loading import send_thumbnail
from lms.work.previews.services import excerpt_of_file, kind_of
from lms.work.submissions.models import Attempt, AttemptFile
from lms.work.submissions.permissions import visible_attempts

bp = Blueprint("previews", __name__, url_prefix="/previews")

AS_THEY_ARE = {"pdf", "png", "jpg", "jpeg", "webp"}


def get_file(file_id: int) -> AttemptFile:
    """Load a file of a work that the current user may see, or answer 404."""
    attempts = visible_attempts(current_user).with_only_columns(Attempt.id)
    return db.first_or_404(
        sa.select(AttemptFile).where(
            AttemptFile.id == file_id, AttemptFile.attempt_id.in_(attempts)
        )
    )


@bp.get("/<int:file_id>")
@allow(SIGNED_IN)
def file(file_id: int) -> ResponseReturnValue:
    """Show a file that was sent: as it is, or the words in it."""
    sent = get_file(file_id)
    kind = kind_of(sent)
    if kind in AS_THEY_ARE:
        return _as_it_is(sent, kind)
    page = render_template(
        "work/previews/file.html",
        file=sent,
        excerpt=excerpt_of_file(sent),
        is_archive=kind == "zip",
    )
    return let_us_frame(make_response(page))


@bp.get("/<int:file_id>/<size>")
@allow(SIGNED_IN)
def picture(file_id: int, size: str) -> ResponseReturnValue:
    """Show a small copy of a picture that was sent."""
    return send_thumbnail(get_file(file_id), size)


def _as_it_is(sent: AttemptFile, kind: str) -> Response:
    response = send_stored(
        sent.sha256, name=sent.name, media_type=sent.media_type, inline=True
    )
    if kind == "pdf":
        # The browser's own reader of PDF does not work in a sandbox.
        del response.headers["Content-Security-Policy"]
    return let_us_frame(response)
