"""The letter of the month: on the first working day, one to each coordinator."""

from datetime import date, timedelta
from typing import Any

from lms.core.extensions import db
from lms.core.jobs import enqueue, every_day
from lms.core.language import month, today
from lms.core.mail import letter_job
from lms.core.mail_message import Letter
from lms.identity.accounts.permissions import COORDINATORS, can_coordinate, ids_among
from lms.identity.letters import models as letters
from lms.identity.letters.services import compose_letter, reader_of
from lms.overview.bulletins.contents import bulletin_of
from lms.overview.bulletins.working_days import first_working_day
from lms.overview.digest.schedule import HOUR

# A site that stood still on that day sends the letter later, but not for long.
LATEST = timedelta(days=5)


@every_day("bulletins", "Письма координаторам за месяц", hour=HOUR)
def enqueue_bulletins_of_today(request: dict[str, Any]) -> None:
    """Start the letters of a month when its first working day has come."""
    day = date.fromisoformat(request["day"])
    first = first_working_day(day)
    if day == today() and first <= day <= first + LATEST:
        enqueue_bulletins(day)


def enqueue_bulletins(day: date) -> int:
    """Add a job for every coordinator; return how many people these are.

    The key holds the month: there is one letter, however often this is done.
    """
    over = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    people = db.session.scalars(ids_among(COORDINATORS)).all()
    for person_id in people:
        facts = {"person": person_id, "month": over.isoformat()}
        enqueue("bulletin", facts, key=f"bulletin:{person_id}:{over:%Y-%m}", bulk=True)
    db.session.commit()
    return len(people)


@letter_job("bulletin", "Письмо координатору за месяц", last=True)
def write_bulletin(request: dict[str, Any]) -> Letter | None:
    """Make the letter of a coordinator, unless nothing changed or it is not wanted."""
    over = date.fromisoformat(request["month"])
    person = reader_of(letters.Letter.SCHOOLS, request["person"])
    is_theirs = person is not None and can_coordinate(person)
    bulletin = bulletin_of(person, over) if person and is_theirs else None
    if person is None or bulletin is None or bulletin.is_empty:
        return None
    return compose_letter(
        person,
        [letters.Letter.SCHOOLS],
        f"Ваши школы: {month(over)}",
        "overview/bulletins/mail/bulletin.txt",
        event=f"bulletin:{person.id}:{over}",
        bulletin=bulletin,
    )
