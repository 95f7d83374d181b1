"""What is left of a meeting: a summary, the recording, papers."""

import hashlib
import io
import logging
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.language import file_size
from lms.core.storage import store_file
from lms.course.content.file_types import DOCUMENTS, named
from lms.course.content.judging import OR_LINK, judge_file
from lms.course.content.media import complaint_about
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.lock import lock_meeting
from lms.schools.meetings.models import Meeting, MeetingFile
from lms.text.limits import render_answer

logger = logging.getLogger(__name__)

MOST_FILES = 10
# What is heard or seen again, with what stands in the first bytes of such a file.
RECORDINGS = {
    "mp4": ("video/mp4", b"ftyp"),
    "webm": ("video/webm", b"\x1aE\xdf\xa3"),
    "m4a": ("audio/mp4", b"ftyp"),
    "mp3": ("audio/mpeg", b"ID3"),
}
BEGINNING = 12
TYPES = DOCUMENTS | {kind: name for kind, (name, _) in RECORDINGS.items()}
ACCEPT = ",".join(f".{kind}" for kind in TYPES)
RULES = (
    f"До {MOST_FILES} файлов, каждый не больше {file_size(MAX_FILE)}: {named(TYPES)}."
    " Большую запись выложите у себя и дайте ссылку."
)
NOT_YET = "Встреча ещё не началась."
OFF = "Встреча отменена."
MOVED_ON = (
    "Пока вы писали, итоги сохранил кто-то ещё: они показаны ниже формы. Соедините"
    " оба текста и сохраните снова."
)


class Aftermath(NamedTuple):
    """What is told of a meeting once it was held."""

    summary: str
    recording_url: str

    @property
    def fingerprint(self) -> str:
        """Tell what a page has shown from what is stored now."""
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()


def aftermath_of(meeting: Meeting) -> Aftermath:
    """Return what is told of a meeting now."""
    return Aftermath(meeting.summary, meeting.recording_url)


def tell_aftermath(
    meeting: Meeting, told: Aftermath, *, seen: str, actor: User
) -> None:
    """Keep the summary and the link, unless a colleague has since `seen`.

    Whoever has watched a recording keeps that when it is withdrawn.
    """
    check_held(meeting)
    db.session.commit()  # nobody waits while a text is rendered
    html = render_answer(told.summary) if told.summary else ""
    lock_meeting(meeting)
    before = aftermath_of(meeting)
    if before == told:
        return
    if before.fingerprint != seen:
        db.session.rollback()
        raise RuleError(MOVED_ON)
    meeting.summary, meeting.recording_url = told
    if told.recording_url != before.recording_url:
        meeting.recording_lost_at = None
    meeting.summary_html = html
    facts = {"before": before._asdict(), "after": told._asdict()}
    record(actor.id, "записаны итоги встречи", meeting, **facts)
    db.session.commit()
    logger.info("meeting %s: aftermath told by user %s", meeting.id, actor.id)


def add_paper(meeting: Meeting, name: str, content: bytes, *, actor: User) -> None:
    """Put a file to a meeting; the same one under the same name is there once."""
    check_held(meeting)
    name = clean_name(name)
    kind = judge_file(name, content, TYPES, look=_complaint, otherwise=OR_LINK)
    lock_meeting(meeting)
    if len(meeting.files) >= MOST_FILES:
        raise RuleError(f"К встрече можно приложить не больше {MOST_FILES} файлов.")
    stored = store_file(io.BytesIO(content))
    facts = {"meeting_id": meeting.id, "sha256": stored.sha256, "name": name}
    if db.session.scalar(sa.select(MeetingFile.id).filter_by(**facts)) is None:
        added = MeetingFile(
            **facts,
            media_type=TYPES[kind],
            size=stored.size,
            uploaded_by_id=actor.id,
        )
        db.session.add(added)
        record(actor.id, "приложен файл к встрече", meeting, after={"файл": name})
    db.session.commit()


def remove_paper(meeting: Meeting, file: MeetingFile, *, actor: User) -> None:
    """Take a file away from a meeting."""
    record(actor.id, "убран файл встречи", meeting, before={"файл": file.name})
    db.session.delete(file)
    db.session.commit()


def check_held(meeting: Meeting) -> None:
    """Refuse what is said of a meeting that was not held."""
    if meeting.is_cancelled:
        raise RuleError(OFF)
    if not meeting.has_begun:
        raise RuleError(NOT_YET)


def _complaint(kind: str, content: bytes) -> str:
    """Say why a recording, or any other file, is not what its name promises."""
    if kind not in RECORDINGS:
        return complaint_about(kind, content)
    is_so = RECORDINGS[kind][1] in content[:BEGINNING]
    return "" if is_so else f"внутри не {kind}: сохраните запись заново"
