"""Small copies of pictures: drawn when first asked for, stored beside the picture."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.pictures import (
    LatePictureError,
    PictureError,
    copies_of_picture,
    open_picture_sandbox,
)
from lms.core.sandbox import Sandbox
from lms.core.storage import store_bytes, stored_on_this_machine
from lms.work.drafts.files import KIND_BY_TYPE
from lms.work.previews.models import Thumbnail

# How long the longer side may be, on a page and where a picture is looked at; twice
# what the styles say, for fine screens.
SIDES = {"small": 320, "large": 1600}
MEDIA_TYPE = "image/webp"


def thumbnail_of(sha256: str, media_type: str, size: str) -> str | None:
    """Return the SHA-256 of a copy of a picture; nothing if it cannot be read.

    A copy that nobody has asked for yet is drawn now, which may raise
    `LatePictureError`.
    """
    thumbnail = db.session.get(Thumbnail, sha256)
    if thumbnail is None:
        with open_picture_sandbox() as sandbox:
            thumbnail = draw_thumbnail(sandbox, sha256, KIND_BY_TYPE[media_type])
    copy: str | None = getattr(thumbnail, size)
    return copy


def draw_thumbnail(sandbox: Sandbox, sha256: str, kind: str) -> Thumbnail:
    """Draw the copies of a picture and store them; that it cannot be read, as well."""
    db.session.rollback()  # no transaction waits for the child
    try:
        with stored_on_this_machine(sha256) as path:
            copies = copies_of_picture(sandbox, kind, path, [*SIDES.values()])
    except LatePictureError:
        raise
    except PictureError:
        copies = []
    db.begin_to_write()
    names = [store_bytes(copy).sha256 for copy in copies]
    thumbnail = Thumbnail(sha256=sha256, **dict(zip(SIDES, names, strict=False)))
    db.session.add(thumbnail)
    try:
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()  # another tab was faster and drew the same
        thumbnail = db.session.get_one(Thumbnail, sha256)
    return thumbnail
