"""Addresses at which a script sends a file in pieces.

Begin, send pieces from the offset that the site knows, finish; after a broken line
ask for the offset and go on. Without scripts the form of the draft takes files whole.
"""

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.work.drafts.loading import get_own
from lms.work.uploads import services
from lms.work.uploads.models import Upload

bp = Blueprint("uploads", __name__, url_prefix="/uploads")


def get_upload(upload_id: int) -> Upload:
    """Load an upload of the current user to a work of theirs, or answer 404 or 403."""
    query = sa.select(Upload).filter_by(id=upload_id, user_id=current_user.id)
    upload = db.first_or_404(query)
    get_own(upload.submission_id)
    return upload


@bp.post("/works/<int:submission_id>")
@allow(SIGNED_IN)
def begin(submission_id: int) -> ResponseReturnValue:
    """Announce a file; the answer says how much of it is there already."""
    upload = services.begin(
        get_own(submission_id),
        name=request.form.get("name", ""),
        size=request.form.get("size", 0, type=int),
        mark=request.form.get("mark", ""),
        person=current_user,
    )
    return {
        "offset": upload.offset,
        "url": url_for(".upload", upload_id=upload.id),
        "append": url_for(".append", upload_id=upload.id),
        "finish": url_for(".finish", upload_id=upload.id),
    }


@bp.get("/<int:upload_id>")
@allow(SIGNED_IN)
def upload(upload_id: int) -> ResponseReturnValue:
    """Tell how many bytes are stored."""
    return {"offset": get_upload(upload_id).offset}


@bp.post("/<int:upload_id>/append")
@allow(SIGNED_IN)
def append(upload_id: int) -> ResponseReturnValue:
    """Store the piece that is the body of the request."""
    db.session.rollback()  # a slow line must not keep others from writing
    content = request.stream.read(services.MAX_PIECE + 1)
    if len(content) > services.MAX_PIECE:
        abort(413)
    upload = get_upload(upload_id)
    offset = request.args.get("offset", -1, type=int)
    try:
        return {"offset": services.append(upload, content, offset=offset)}
    except services.OffsetError as error:
        return {"error": str(error), "offset": error.offset}, 409


@bp.post("/<int:upload_id>/finish")
@allow(SIGNED_IN)
def finish(upload_id: int) -> ResponseReturnValue:
    """Put the file to the draft, judged by what is in it."""
    upload = get_upload(upload_id)
    try:
        services.finish(upload, person=current_user)
    except services.OffsetError as error:
        return {"error": str(error), "offset": error.offset}, 409
    return {"added": 1}
