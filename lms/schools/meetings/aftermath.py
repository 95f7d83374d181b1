"""What is left of a meeting: a summary, the recording, papers."""

import hashlib
import logging
from typing import NamedTuple

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.course.content.file_types import DOCUMENTS
from lms.course.content.judging import OR_LINK
from lms.course.content.papers import PaperRules, attach
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.lock import lock_meeting
from lms.schools.meetings.models import Meeting, MeetingFile
from lms.text.limits import render_answer

logger = logging.getLogger(__name__)

# What is heard or seen again, with what stands in the first bytes of such a file.
RECORDINGS = {
    "mp4": ("video/mp4", b"ftyp"),
    "webm": ("video/webm", b"\x1aE\xdf\xa3"),
    "m4a": ("audio/mp4", b"ftyp"),
    "mp3": ("audio/mpeg", b"ID3"),
}
PAPERS = PaperRules(
    "К встрече",
    DOCUMENTS | {kind: name for kind, (name, _) in RECORDINGS.items()},
    signs={kind: sign for kind, (_, sign) in RECORDINGS.items()},
    otherwise=OR_LINK,
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
    media_type = PAPERS.judge(name, content)
    lock_meeting(meeting)
    PAPERS.check_room(meeting.files)
    owner, facts = {"meeting_id": meeting.id}, {"media_type": media_type}
    if attach(MeetingFile, owner, name, content, author_id=actor.id, **facts):
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
