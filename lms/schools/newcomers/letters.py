"""Letters to those who are invited by name: written in a job, sent again on request."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import try_again
from lms.core.jobs import Job, enqueue, job
from lms.core.mail import compose, letter_job
from lms.core.mail_message import Letter, message_name
from lms.course.cohorts.models import Cohort
from lms.course.modules.services import current_course
from lms.course.settings.services import current_settings
from lms.identity.accounts.models import User
from lms.schools.invitations.services import DAYS, end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.newcomers.progress import (
    HAS_COME,
    PAUSE,
    WAS_SENT,
    newcomers_of,
    was_sent_since,
)
from lms.schools.teams.models import Team

AT_ONCE = 100
TEMPLATE = "schools/newcomers/mail/newcomer.txt"


def ask_for_letters(cohort_id: int) -> None:
    """Have the missing letters of a cohort written, in the caller's transaction."""
    enqueue("letters to newcomers", {"cohort_id": cohort_id})


@job("letters to newcomers", "Именные приглашения")
def enqueue_letters(request: dict[str, Any]) -> None:
    """Add a job for each letter of a cohort that is missing, a hundred at a time."""
    while newcomers := _without_letter(request["cohort_id"]):
        for newcomer in newcomers:
            newcomer.letters += 1
            newcomer.letter_key = f"newcomer {newcomer.id} letter {newcomer.letters}"
            wanted = {"newcomer": newcomer.id, "email": newcomer.email}
            enqueue("newcomer letter", wanted, key=newcomer.letter_key, bulk=True)
        db.session.commit()


@letter_job("newcomer letter", "Именное приглашение", lasting=True)
def write_invitation(request: dict[str, Any]) -> Letter | None:
    """Write to one person, unless they are in the team by now or not expected.

    The link is put in when the letter goes out, so no job holds it. A letter that is
    tried again has the name it had: a server may have taken it and then hung up.
    """
    newcomer = db.session.scalar(
        sa.select(Newcomer).where(
            Newcomer.id == request["newcomer"], Newcomer.expected(), ~HAS_COME
        )
    )
    if newcomer is None or newcomer.team.cohort.is_closed:
        return None
    if newcomer.is_expired:  # the letter lay in the folder, or failed, for so long
        newcomer.expires_at = end_of_term(DAYS)
        db.session.commit()
    return compose(
        newcomer.email,
        f"Приглашение в команду «{newcomer.team.name}»",
        TEMPLATE,
        message_id=message_name(f"{newcomer.token} {newcomer.letter_key}"),
        headers=_way_out(),
        newcomer=newcomer,
        has_account=_has_account(newcomer),
        course=current_course(),
    )


def _has_account(newcomer: Newcomer) -> bool:
    """Tell whether who is invited comes in with the password they have."""
    known = User.email == newcomer.email, User.closed_at.is_(None)
    return db.session.scalar(sa.select(User.id).where(*known)) is not None


def _way_out() -> dict[str, str]:
    """Let a mail program offer «unsubscribe»: a letter to the organiser.

    Who has no account has nothing that could be switched off on the site.
    """
    now = current_settings()
    if now is None or now.organiser is None:
        return {}
    address = quote(now.organiser.email, safe="@+")
    words = quote("Не присылать приглашений")
    return {"List-Unsubscribe": f"<mailto:{address}?subject={words}>"}


def remind(newcomer: Newcomer) -> int:
    """Write once more to one person, unless the last letter went out today.

    Whoever invites into a team may press the button; it must not become a nuisance.
    """
    fresh = sa.select(was_sent_since(utcnow() - PAUSE)).select_from(Newcomer)
    if db.session.scalar(fresh.where(Newcomer.id == newcomer.id)):
        raise RuleError("Последнему письму меньше суток. Подождите до завтра.")
    return send_again(newcomer.team.cohort, newcomer_id=newcomer.id)


def send_again(cohort: Cohort, *, newcomer_id: int | None = None) -> int:
    """Write once more to those who have not come; return to how many.

    The link in the earlier letter stays good and gets its term anew. A letter that
    could not be delivered is not written twice: it is only tried at once.
    """
    if cohort.is_closed:
        return 0
    query = newcomers_of(cohort).where(~HAS_COME, Newcomer.letter_key.is_not(None))
    if newcomer_id:
        query = query.where(Newcomer.id == newcomer_id)
    waiting = query.where(~WAS_SENT).with_only_columns(Newcomer.letter_key)
    tried = try_again(Job.key.in_(waiting))
    sent = query.where(WAS_SENT).with_only_columns(Newcomer.id)
    written = db.session.scalars(
        sa.update(Newcomer)
        .where(Newcomer.id.in_(sent))
        .values(letter_key=None, expires_at=end_of_term(DAYS))
        .returning(Newcomer.id)
        .execution_options(synchronize_session=False)
    ).all()
    if written:
        ask_for_letters(cohort.id)
    db.session.commit()
    return len(tried) + len(written)


def _without_letter(cohort_id: int) -> Sequence[Newcomer]:
    """Take some of those who wait for a letter; two workers never take the same."""
    team = joinedload(Newcomer.team, innerjoin=True)
    return db.session.scalars(
        sa.select(Newcomer)
        .where(
            Newcomer.team.has(Team.cohort_id == cohort_id),
            Newcomer.letter_key.is_(None),
            Newcomer.expected(),
            ~HAS_COME,
        )
        .order_by(Newcomer.id)
        .limit(AT_ONCE)
        .options(team.joinedload(Team.school, innerjoin=True))
        .with_for_update(of=Newcomer, skip_locked=True)
    ).all()
