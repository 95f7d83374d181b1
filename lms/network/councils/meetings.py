"""What may happen to a meeting of the council, and to its minutes."""

from collections.abc import Mapping
from typing import Any

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.form_keys import added_before
from lms.core.language import today
from lms.core.together import REMOVED, correct, hold
from lms.course.content.papers import PaperRules, attach
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.councils.models import CouncilFile, CouncilMeeting
from lms.schools.teams.models import School
from lms.work.quotas.services import charge

PAPERS = PaperRules("К заседанию")
NOT_YET = "Заседания ещё не было: протокол прикладывают после него."


def add_meeting(
    school: School,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> CouncilMeeting:
    """Write down a day on which the council met, or is going to."""
    if known := added_before(CouncilMeeting, form_key):
        return known
    meeting = CouncilMeeting(school_id=school.id, form_key=form_key, **dict(values))
    db.session.add(meeting)
    record(author.id, "записано заседание совета", meeting)
    person_acted.send(author)
    db.session.commit()
    return meeting


def change_meeting(
    meeting: CouncilMeeting, values: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct a meeting, or say what was decided, unless a colleague has since."""
    correct(meeting, values, seen=seen)
    record(author.id, "изменено заседание совета", meeting)
    person_acted.send(author)
    db.session.commit()


def remove_meeting(meeting: CouncilMeeting, *, author: User) -> None:
    """Take away a meeting that was written down by mistake, with its files."""
    if not hold(meeting):
        return
    record(author.id, "убрано заседание совета", meeting)
    for file in meeting.files:
        db.session.delete(file)
    db.session.delete(meeting)
    db.session.commit()


def add_paper(
    meeting: CouncilMeeting, name: str, content: bytes, *, author: User
) -> None:
    """Put the minutes to a meeting that was held."""
    name = clean_name(name)
    if not hold(meeting):
        raise RuleError(REMOVED)
    if meeting.held_on > today():
        raise RuleError(NOT_YET)
    media_type = PAPERS.judge(name, content)
    PAPERS.check_room(meeting.files)
    charge(author.id, len(content))
    owner, facts = {"meeting_id": meeting.id}, {"media_type": media_type}
    if attach(CouncilFile, owner, name, content, author_id=author.id, **facts):
        record(author.id, "приложен протокол совета", meeting, after={"файл": name})
    db.session.commit()


def remove_paper(meeting: CouncilMeeting, file: CouncilFile, *, author: User) -> None:
    """Take a file away from a meeting."""
    if not (hold(meeting) and hold(file)):
        return
    record(author.id, "убран протокол совета", meeting, before={"файл": file.name})
    db.session.delete(file)
    db.session.commit()
