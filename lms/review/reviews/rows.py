"""The lines of the queue: what a tutor sees of each work before opening it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defaultload, joinedload, load_only
from sqlalchemy.orm.interfaces import ORMOption

from lms.core.database import moment_of_asking
from lms.core.extensions import db
from lms.core.language import day, plural, today
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.reviews.models import Lease, Reversal, Review
from lms.review.reviews.pending import is_decided
from lms.review.reviews.permissions import is_reviewable
from lms.review.threads.models import Thread
from lms.schools.teams.models import School, Team
from lms.work.submissions.models import Attempt, Submission, stands


@dataclass(frozen=True)
class Row:
    """A work in the list: its newest version, who has it, what became of it."""

    submission: Submission
    # Which version it is of those that stand: one that was taken back counts nowhere.
    version: int
    lease: Lease | None
    review: Review | None
    is_mine: bool
    came_back: bool
    can_take: bool
    # The team waits for an answer to what it wrote.
    asks: bool
    # Whoever has it has judged it, and may still cancel that.
    is_decided: bool

    @property
    def due(self) -> str:
        """The due day in words, as far as it matters today."""
        return due_in_words(self.submission)


def due_in_words(submission: Submission) -> str:
    """«срок прошёл 3 дня назад», «срок сегодня», «срок завтра», «срок 20 мая»."""
    if submission.due_on is None:
        return ""
    days = (submission.due_on - today()).days
    if days < 0:
        return f"срок прошёл {plural(-days, 'день', 'дня', 'дней')} назад"
    near = {0: "срок сегодня", 1: "срок завтра"}
    return near.get(days, f"срок {day(submission.due_on)}")


def rows_of(ids: Sequence[int], user: User) -> list[Row]:
    """Return the lines of works in the order of their ids; one statement."""
    asked = {VIEWER: user.id, "ids": ids}
    lines: Any = db.session.execute(_lines(anybody_like(user)), asked)
    found = {work.id: _row(user, work, *facts) for work, *facts in lines}
    return [found[work_id] for work_id in ids if work_id in found]


def _row(
    user: User,
    work: Submission,
    version: int,
    lease: Lease | None,
    review: Review | None,
    may_judge: bool,
    asks: bool,
    decided: bool,
) -> Row:
    return Row(
        submission=work,
        version=version,
        lease=lease,
        review=review,
        is_mine=lease is not None and lease.tutor_id == user.id,
        came_back=work.is_waiting and work.returned_by_id == user.id,
        can_take=work.is_waiting and may_judge and lease is None,
        asks=asks,
        is_decided=decided,
    )


@cache
def _lines(viewer: User) -> sa.Select[Any]:
    """Select what a line says. The newest attempt has the largest id."""
    sent = Attempt.submission_id == Submission.id
    newest = sa.select(sa.func.max(Attempt.id)).where(sent, stands()).scalar_subquery()
    version = sa.select(sa.func.count(Attempt.id)).where(sent, stands())
    held = sa.and_(
        Lease.submission_id == Submission.id, Lease.until > moment_of_asking()
    )
    asks = sa.exists().where(
        Thread.submission_id == Submission.id, Thread.asked_at.is_not(None)
    )
    lines = (
        sa.select(
            Submission,
            version.scalar_subquery(),
            Lease,
            Review,
            is_reviewable(viewer),
            asks,
            is_decided(),
        )
        .outerjoin(Lease, held)
        .outerjoin(Review, Review.attempt_id == newest)
        .where(Submission.id.in_(sa.bindparam("ids", expanding=True)))
    )
    return lines.options(*_names())


def _names() -> list[ORMOption]:
    """Load the names alone, and no texts."""
    people = Lease.tutor, Lease.handed_by, Review.tutor, Submission.user
    module, team = joinedload(Submission.module), joinedload(Submission.team)
    return [
        *(joinedload(person).load_only(User.full_name) for person in people),
        joinedload(Submission.cohort).load_only(Cohort.name),
        module.joinedload(Module.current_revision).load_only(Revision.assignment_title),
        team.joinedload(Team.school).load_only(School.name),
        defaultload(Review.reversal).lazyload(Reversal.decided_by),
        load_only(Review.attempt_id, Review.verdict, Review.points, Review.released_at),
    ]
