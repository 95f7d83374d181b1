"""Verdicts that are held back: whose they are, and what they forbid meanwhile."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.erasures.signals import person_erased
from lms.identity.erasures.ties import Tie, ties_people
from lms.review.reviews.models import Lease, ReviewDraft
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission

DECIDED = (
    "Вы уже приняли решение по этой работе, оно сейчас уйдёт команде. Сначала отмените"
    " его."
)


def pending_of(tutor: User) -> Sequence[ReviewDraft]:
    """Return the tutor's verdicts that wait or could not go out; nobody else's."""
    team = joinedload(ReviewDraft.attempt).joinedload(Attempt.submission)
    return db.session.scalars(
        sa.select(ReviewDraft)
        .where(_is_shown(tutor))
        .order_by(ReviewDraft.saved_at.desc(), ReviewDraft.attempt_id.desc())
        .options(
            team.joinedload(Submission.team).joinedload(Team.school),
            team.joinedload(Submission.user),
        )
    ).all()


def has_pending(tutor: User) -> sa.ColumnElement[bool]:
    """Tell of a tutor whether there are any, as a part of another statement."""
    return sa.exists().where(_is_shown(tutor))


def is_decided(*whose: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell of a work whether a verdict about it is held back."""
    return (
        sa.exists()
        .where(ReviewDraft.attempt_id == Attempt.id)
        .where(Attempt.submission_id == Submission.id)
        .where(ReviewDraft.release_at.is_not(None), *whose)
        .correlate(Submission)
    )


def refuse_decided(
    submission: Submission, refusal: str = DECIDED, *, by: User | None = None
) -> None:
    """Refuse what a verdict that is held back forbids; the work is locked before.

    With a tutor only that tutor's verdict counts.
    """
    whose = [ReviewDraft.tutor_id == by.id] if by else []
    found = sa.select(is_decided(*whose)).where(Submission.id == submission.id)
    if db.session.scalar(found):
        db.session.rollback()
        raise RuleError(refusal)


def _is_shown(tutor: User) -> sa.ColumnElement[bool]:
    waits = ReviewDraft.release_at.is_not(None)
    return sa.and_(
        ReviewDraft.tutor_id == tutor.id, sa.or_(waits, ReviewDraft.refusal != "")
    )


@ties_people
def tied_by_desk(person: User) -> Iterator[Tie]:
    """A tutor finishes, lets go or hands over what lies on the desk."""
    held = sa.select(Lease.submission_id).where(
        Lease.tutor_id == person.id, Lease.until > utcnow()
    )
    if db.session.scalar(held.limit(1)):
        yield Tie(
            "У вас на столе работа команды: решите о ней, отложите её или передайте"
            " коллеге."
        )
    decided = ReviewDraft.tutor_id == person.id, ReviewDraft.release_at.is_not(None)
    if db.session.scalar(sa.select(ReviewDraft.attempt_id).where(*decided).limit(1)):
        yield Tie("Ваше решение вот-вот уйдёт команде: подождите минуту.")


@person_erased.connect
def await_nobody(person: User) -> None:
    """Let any tutor take the works that would come back to a person who is gone."""
    theirs = sa.update(Submission).where(Submission.returned_by_id == person.id)
    db.session.execute(theirs.values(returned_by_id=None))
