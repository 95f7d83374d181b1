"""An announcement goes out at once: one job shares it out, one per person sends it.

Each person is looked at again when the letter goes out. Whoever left, has read it on
the site or wants no such letters gets none, and nobody a text that was corrected or
withdrawn meanwhile.
"""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.core.language import today
from lms.core.mail import letter_job
from lms.core.mail_message import Letter
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter as Kind
from lms.identity.letters.services import compose_letter, switched_off
from lms.overview.announcements.audience import people_of
from lms.overview.announcements.models import Announcement, Way
from lms.overview.announcements.reading import has_mark, mark
from lms.text.stored import letter_text

BATCH = 100
# In a letter: what it tells, as `note_letter` marks it when it has left.
TOLD = "announcements"
Told = tuple[int, int]


@job("announcement", "Рассылка объявления")
def share_out(request: dict[str, Any]) -> None:
    """Add a job for each person; those that have one already get no second."""
    announcement = _standing(request)
    if announcement is None:
        return
    people = list(db.session.scalars(people_of(announcement)))
    for number, user_id in enumerate(people, start=1):
        key = f"announcement:{announcement.id}:{announcement.edition}:{user_id}"
        copy = request | {"person": user_id}
        enqueue("announcement_copy", copy, key=key, bulk=True)
        if number % BATCH == 0:
            db.session.commit()  # others get their turn to write
    db.session.commit()


def note_letter(letter: Letter) -> None:
    """Remember whom a letter that has left told of which announcements."""
    for announcement_id, edition in letter.get(TOLD, ()):
        mark(announcement_id, edition, letter["person"], Way.LETTER)
    db.session.commit()


@letter_job("announcement_copy", "Объявление", after=note_letter)
def write_copy(request: dict[str, Any]) -> Letter | None:
    """Write the letter of one person, if it is still to go."""
    announcement = _standing(request)
    person = db.session.get(User, request["person"])
    if announcement is None or person is None:
        return None
    meant = people_of(announcement).where(User.id == person.id)
    if db.session.scalar(meant) is None or _is_needless(announcement, person):
        return None
    letter = compose_letter(
        person,
        [Kind.URGENT],
        announcement.title,
        "overview/announcements/mail/announcement.txt",
        event=f"announcement:{announcement.id}:{announcement.edition}:{person.id}",
        announcement=announcement,
        words=letter_text(announcement.html),
    )
    return told(letter, person, [announcement])


def told(letter: Letter, person: User, announcements: list[Announcement]) -> Letter:
    """Say in a letter whom it tells of which announcements."""
    editions: list[Told] = [(one.id, one.edition) for one in announcements]
    return letter | {TOLD: editions, "person": person.id}


def _standing(request: dict[str, Any]) -> Announcement | None:
    """Return the announcement if it stands with the words that were to be sent."""
    found = sa.select(Announcement).where(
        Announcement.id == request["announcement"],
        Announcement.edition == request["edition"],
        Announcement.withdrawn_at.is_(None),
        Announcement.until >= today(),
    )
    return db.session.scalar(found)


def _is_needless(announcement: Announcement, person: User) -> bool:
    is_known = has_mark(announcement, person.id, Way.OPENED)
    return is_known or Kind.URGENT in switched_off(person)
