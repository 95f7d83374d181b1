"""Files that a team puts to its draft: judged by content, stored once."""

import io
import logging
from pathlib import PurePosixPath
from typing import IO, NamedTuple

import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.language import file_size
from lms.core.pictures import (
    CONVERTED,
    PHOTOS,
    PictureError,
    clean_picture,
    open_picture_sandbox,
)
from lms.core.storage import store_file
from lms.course.content import judging
from lms.course.content.containers import BROKEN, CrowdedError, open_archive
from lms.course.content.file_types import DOCUMENTS, PICTURES, named
from lms.course.content.judging import OR_LINK
from lms.course.content.media import complaint_about
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.drafts.models import DraftFile
from lms.work.quotas.services import charge
from lms.work.submissions.models import EDITABLE, Submission
from lms.work.submissions.services import lock_work_in

logger = logging.getLogger(__name__)

MAX_FILES = 10
MAX_UNPACKED = 500 * 1024 * 1024
# Stands after the first four bytes of every HEIC.
HEIC_MARK = b"ftyp"
# Not drawings: they may hold scripts.
TYPES = {
    kind: media_type
    for kind, media_type in (DOCUMENTS | PICTURES | {"zip": "application/zip"}).items()
    if kind != "svg"
}
KIND_BY_TYPE = {media_type: kind for kind, media_type in TYPES.items()}
TAKEN = [*TYPES, *CONVERTED]
ACCEPT = ",".join(f".{kind}" for kind in TAKEN)
RULES = (
    f"До {MAX_FILES} файлов, каждый не больше {file_size(MAX_FILE)}: {named(TAKEN)}."
    " Снимки сайт сам поворачивает как надо и убирает из них место и данные камеры."
)


class ReadyFile(NamedTuple):
    """A file that was judged and may be stored."""

    name: str
    kind: str
    content: bytes


def add_file(
    submission: Submission, stream: IO[bytes], name: str, *, author: User
) -> DraftFile:
    """Put a file that came whole to the draft."""
    content = stream.read(MAX_FILE + 1)
    file = ready_file(name, content)
    return put_file(submission, file, author=author, uncharged=len(content))


def ready_file(name: str, content: bytes) -> ReadyFile:
    """Judge a file by what is in it; a picture comes out as it may be stored.

    A picture may take seconds, so whatever transaction the caller had has ended.
    """
    name = clean_name(name)
    kind = _check(name, content)
    if kind not in PHOTOS:
        return ReadyFile(name, kind, content)
    db.session.rollback()
    try:
        with open_picture_sandbox() as sandbox:
            picture = clean_picture(sandbox, kind, content)
    except PictureError as refusal:
        raise RuleError(f"«{name}»: {refusal}.") from None
    if kind in CONVERTED:
        name = str(PurePosixPath(name).with_suffix(f".{picture.kind}"))
    check_promise(name, len(picture.content))
    return ReadyFile(name, picture.kind, picture.content)


def put_file(
    submission: Submission, file: ReadyFile, *, author: User, uncharged: int = 0
) -> DraftFile:
    """Store a file with the draft; the same one under the same name is there once.

    Bytes that came in pieces were charged to the author with each of them.
    """
    _lock_editable(submission)
    if uncharged:
        charge(author.id, uncharged)
    stored = store_file(io.BytesIO(file.content))
    facts = {"submission_id": submission.id, "sha256": stored.sha256, "name": file.name}
    if known := db.session.scalar(sa.select(DraftFile).filter_by(**facts)):
        db.session.commit()
        return known
    check_room(submission)
    added = DraftFile(
        **facts,
        media_type=TYPES[file.kind],
        size=stored.size,
        uploaded_by_id=author.id,
    )
    db.session.add(added)
    person_acted.send(author)
    db.session.commit()
    logger.info("submission %s: file %s added", submission.id, added.id)
    return added


def remove_file(submission: Submission, file: DraftFile) -> None:
    """Take a file away from the draft; attempts that were sent keep theirs."""
    _lock_editable(submission)
    db.session.delete(file)
    db.session.commit()


def check_promise(name: str, size: int) -> None:
    """Refuse what may be refused before anything is sent."""
    judging.check_promise(name, size, TAKEN, otherwise=OR_LINK)


def _check(name: str, content: bytes) -> str:
    kind = judging.judge_file(name, content, TAKEN, look=_complaint, otherwise=OR_LINK)
    return "heic" if _is_heic(kind, content) else kind


def _complaint(kind: str, content: bytes) -> str:
    if kind in CONVERTED or _is_heic(kind, content):
        return ""  # it is decoded, and judged by that
    return _zip_complaint(content) if kind == "zip" else complaint_about(kind, content)


def _is_heic(kind: str, content: bytes) -> bool:
    """Tell a photo of an iPhone, which some programs send on as a .jpg."""
    return content[4:8] == HEIC_MARK and kind in PHOTOS


def _zip_complaint(content: bytes) -> str:
    try:
        with open_archive(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except CrowdedError:
        return "в архиве слишком много файлов: соберите несколько архивов поменьше"
    except BROKEN:
        return "внутри не zip: соберите архив заново"
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return "внутри архива больше 500 МБ: приложите файлы по отдельности"
    return ""


def check_room(submission: Submission) -> None:
    """Refuse one file more than a work may have, and any when it was sent."""
    _lock_editable(submission)
    count = db.session.scalar(
        sa.select(sa.func.count()).where(DraftFile.submission_id == submission.id)
    )
    if (count or 0) >= MAX_FILES:
        raise RuleError(f"К работе можно приложить не больше {MAX_FILES} файлов.")


def _lock_editable(submission: Submission) -> None:
    """Files and sending must not cross."""
    refusal = "Работа уже отправлена, её файлы больше не меняются."
    lock_work_in(submission, EDITABLE, refusal=refusal)
