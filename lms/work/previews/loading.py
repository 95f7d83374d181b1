"""Answering with a small copy of a picture, at the addresses of whoever shows it."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.core.downloads import send_stored
from lms.core.headers import KEPT_LIKE_A_PAGE
from lms.core.storage import NamedFile
from lms.work.previews.thumbnails import MEDIA_TYPE, SIDES, thumbnail_of


def send_thumbnail(file: NamedFile, size: str) -> ResponseReturnValue:
    """Answer with a copy of a picture, or with a sign that it cannot be read.

    A browser keeps it as it keeps the page around it: it asks each time whether it may
    still be shown, and forgets all when the person signs out.
    """
    if size not in SIDES or not file.is_picture:
        abort(404)
    copy = thumbnail_of(file.sha256, file.media_type, size)
    if copy is None:
        return redirect(url_for("static", filename="img/unreadable.svg"))
    response = send_stored(
        copy, name=f"{size}.webp", media_type=MEDIA_TYPE, inline=True
    )
    response.headers["Cache-Control"] = KEPT_LIKE_A_PAGE
    return response
