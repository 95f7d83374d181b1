"""The letter of the day: when it is made, for whom, and that there is one.

A job for each person and day has a key, so two workers, a second call or a clock
that jumped back make no second letter. The letter is made when it is handed over:
who has sent the work by then is not reminded of it, even if the mail server was
down for hours.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import enqueue, every_day
from lms.core.language import today
from lms.core.mail import letter_job
from lms.core.mail_message import Letter
from lms.course.cohorts.models import Cohort, CohortState, cohort_tutor
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS, TUTORS, among
from lms.identity.letters.models import DAILY
from lms.identity.letters.services import compose_letter, switched_off
from lms.identity.requests.models import DataRequest
from lms.network.partners.reminders import note_reminded, people_to_remind
from lms.overview.announcements.sending import note_letter, told
from lms.overview.digest.contents import digest_of
from lms.overview.digest.schedule import HOUR, key_of, last_letter_at
from lms.schools.teams.models import Membership, Team

BATCH = 100
# In a letter: of which agreements it reminds, as `note_digest` marks it.
REMINDED = "agreements"


def enqueue_digests(day: date) -> int:
    """Add a job for everybody who takes part; return how many people these are."""
    people = list(db.session.scalars(_recipients()))
    for number, person_id in enumerate(people, start=1):
        request = {"person": person_id, "day": day.isoformat()}
        enqueue("digest", request, key=key_of(person_id, day), bulk=True)
        if number % BATCH == 0:
            db.session.commit()  # others get their turn to write
    db.session.commit()
    return len(people)


@every_day("digests", "Утренние письма", hour=HOUR)
def enqueue_digests_of_today(request: dict[str, Any]) -> None:
    """Start the letters of a day; a day that is over gets none."""
    day = date.fromisoformat(request["day"])
    if day == today():
        enqueue_digests(day)


def note_digest(letter: Letter) -> None:
    """Remember what a letter that has left told of and reminded of."""
    note_reminded(letter.get(REMINDED, ()), letter["person"])
    note_letter(letter)


@letter_job("digest", "Утреннее письмо", last=True, after=note_digest)
def write_digest(request: dict[str, Any]) -> Letter | None:
    """Make the letter of one person, on its day only."""
    day = date.fromisoformat(request["day"])
    person = db.session.get(User, request["person"])
    if person and person.closed_at is None and day == today():
        return compose_digest(person)
    return None


def compose_digest(person: User) -> Letter | None:
    """Return the letter of today, or nothing when nothing happened."""
    since = last_letter_at(person.id)
    digest = digest_of(person, unwanted=switched_off(person), since=since)
    if not digest.sections:
        return None
    letter = compose_letter(
        person,
        DAILY,
        digest.subject,
        "overview/digest/mail/digest.txt",
        event=f"digest:{person.id}:{today()}",
        digest=digest,
    )
    reminded = [one.id for one in digest.agreements]
    return told(letter, person, digest.announcements) | {REMINDED: reminded}


def _recipients() -> sa.Select[int]:
    """Members of teams and tutors, in cohorts under way; admins who owe an answer.

    Besides, whoever keeps in touch with a partner whose agreement ends.
    """
    is_open = Cohort.state == CohortState.OPEN
    members = (
        sa.select(Membership.user_id)
        .join(Team, Team.id == Membership.team_id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .where(is_open, Membership.left_at.is_(None))
    )
    tutors = (
        sa.select(cohort_tutor.c.user_id)
        .join(Cohort, Cohort.id == cohort_tutor.c.cohort_id)
        .where(is_open)
    )
    takes_part = sa.or_(
        User.id.in_(members),
        sa.and_(User.id.in_(tutors), among(TUTORS)),
        sa.and_(sa.exists().where(DataRequest.done_at.is_(None)), among(ADMINS)),
        User.id.in_(people_to_remind()),
    )
    return sa.select(User.id).where(takes_part, User.closed_at.is_(None)).order_by("id")
