"""Addresses and pages of previews; other pages of ours show them in a frame."""

from functools import lru_cache

import sqlalchemy as sa
from flask import Blueprint, Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.headers import let_us_frame
from lms.core.storage import open_stored, send_stored
from lms.work.drafts.files import TYPES
from lms.work.previews.excerpt import Excerpt, UnreadableError
from lms.work.previews.reading import excerpt_of, names_in
from lms.work.submissions.models import Attempt, AttemptFile, Submission
from lms.work.submissions.permissions import visible_submissions

bp = Blueprint("previews", __name__, url_prefix="/previews")

KINDS = {media_type: kind for kind, media_type in TYPES.items()}
AS_THEY_ARE = {"pdf", "png", "jpg", "jpeg", "webp"}


def get_file(file_id: int) -> AttemptFile:
    """Load a file of a work that the current user may see, or answer 404."""
    seen = visible_submissions(current_user).with_only_columns(Submission.id)
    attempts = sa.select(Attempt.id).where(Attempt.submission_id.in_(seen))
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
    kind = KINDS.get(sent.media_type, "")
    if kind in AS_THEY_ARE:
        return _as_it_is(sent, kind)
    page = render_template("work/previews/file.html", file=sent, **_inside(sent, kind))
    return let_us_frame(make_response(page))


def _as_it_is(sent: AttemptFile, kind: str) -> Response:
    response = send_stored(
        sent.sha256, name=sent.name, media_type=sent.media_type, inline=True
    )
    if kind == "pdf":
        # The browser's own reader of PDF does not work in a sandbox.
        del response.headers["Content-Security-Policy"]
    return let_us_frame(response)


def _inside(sent: AttemptFile, kind: str) -> dict[str, object]:
    try:
        if kind == "zip":
            with open_stored(sent.sha256) as stored:
                return {"names": names_in(stored)}
        return {"excerpt": _excerpt(sent.sha256, kind) if kind else None}
    except UnreadableError:
        return {"excerpt": None}


@lru_cache(maxsize=32)
def _excerpt(sha256: str, kind: str) -> Excerpt:
    """Read a document once: what is stored under its hash never changes."""
    with open_stored(sha256) as stored:
        return excerpt_of(kind, stored)
