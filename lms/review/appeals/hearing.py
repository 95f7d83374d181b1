"""Appeals as pages show them: beside a work, and those that wait for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, selectinload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.appeals.permissions import appeals_to_decide, visible_appeals
from lms.review.reviews.models import Review, Verdict
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Status, Submission, is_newest, stands
from lms.work.submissions.permissions import can_write, own_works


@dataclass(frozen=True)
class Hearing:
    """What the team has asked to look at again, and what it may ask for now."""

    submission: Submission
    appeals: Mapping[int, Appeal]
    newest: Review | None
    is_own: bool

    def of(self, review: Review) -> Appeal | None:
        return self.appeals.get(review.id)

    def is_open(self, appeal: Appeal) -> bool:
        return appeal.ruling is None and self._is_returned(appeal.review_id)

    def may_ask(self, review: Review) -> bool:
        asks = self.is_own and self.submission.cohort.is_open
        return asks and review.id not in self.appeals and self._is_returned(review.id)

    @property
    def open_appeal(self) -> Appeal | None:
        appeal = self.of(self.newest) if self.newest else None
        return appeal if appeal and self.is_open(appeal) else None

    def _is_returned(self, review_id: int) -> bool:
        newest = self.newest is not None and self.newest.id == review_id
        return newest and self.submission.status is Status.RETURNED


def hearing_of(
    submission: Submission, reviews: Mapping[int, Review], user: User
) -> Hearing:
    """Lay out the appeals about a work; `reviews` come by the id of their attempt."""
    sent = sa.select(sa.func.max(Attempt.id)).where(stands())
    sent = sent.filter_by(submission_id=submission.id)
    newest = reviews.get(db.session.scalar(sent) or 0) if reviews else None
    is_own = was_returned(reviews) and can_write(user, submission)
    return lay_hearing(submission, reviews, newest=newest, is_own=is_own)


def was_returned(reviews: Mapping[int, Review]) -> bool:
    """Tell whether there is anything to appeal against."""
    return any(r.verdict is Verdict.RETURNED for r in reviews.values())


def lay_hearing(
    submission: Submission,
    reviews: Mapping[int, Review],
    *,
    newest: Review | None,
    is_own: bool,
) -> Hearing:
    """Lay out the same for a page that knows who looks; at most one statement."""
    about = _appeals_about(reviews) if was_returned(reviews) else {}
    return Hearing(submission, about, newest, is_own=is_own)


def _appeals_about(reviews: Mapping[int, Review]) -> dict[int, Appeal]:
    ids = [review.id for review in reviews.values()]
    ruling = joinedload(Appeal.ruling).joinedload(Ruling.decided_by)
    appeals = db.session.scalars(
        sa.select(Appeal)
        .where(Appeal.review_id.in_(ids))
        .options(joinedload(Appeal.asked_by), ruling)
    )
    return {appeal.review_id: appeal for appeal in appeals}


def waiting_appeals(user: User) -> sa.Select[Appeal]:
    """Return what waits for a decision of this person, the longest waiting first."""
    return _with_names(_waiting(appeals_to_decide(user))).order_by(
        Appeal.asked_at, Appeal.id
    )


def decided_appeals(user: User) -> sa.Select[Appeal]:
    """Return what was decided about works that a person sees, newest first."""
    decided = visible_appeals(user).join(Appeal.ruling)
    return _with_names(decided).order_by(Ruling.decided_at.desc(), Appeal.id.desc())


def count_waiting(user: User) -> int:
    """Count what waits for a decision of this person."""
    return db.session.scalar(sa.select(waiting_count(user))) or 0


def waiting_count(user: User) -> sa.ScalarSelect[int]:
    """Count the same as a part of another statement."""
    waiting = _waiting(appeals_to_decide(user))
    return waiting.with_only_columns(sa.func.count(Appeal.id)).scalar_subquery()


def appeals_of_works(works: list[int]) -> dict[int, Appeal]:
    """Return the appeals about the newest, returned versions of works."""
    if not works:
        return {}
    rows = db.session.execute(
        sa.select(Attempt.submission_id, Appeal)
        .join(Appeal.review)
        .join(Review.attempt)
        .where(Attempt.submission_id.in_(works), is_newest())
        .options(joinedload(Appeal.ruling))
    )
    return dict(rows.all())


def is_disputed() -> sa.ColumnElement[bool]:
    """Tell of a work whether another tutor has still to look at its newest version."""
    return sa.and_(
        Submission.status == Status.RETURNED,
        sa.exists()
        .where(
            Attempt.submission_id == Submission.id,
            Review.attempt_id == Attempt.id,
            Appeal.review_id == Review.id,
            ~sa.exists().where(Ruling.appeal_id == Appeal.id),
            is_newest(),
        )
        .correlate(Submission),
    )


def kept_since(user: User, moment: datetime) -> list[Appeal]:
    """Return the appeals about a person's works in which the decision was kept."""
    kept = (
        sa.select(Appeal)
        .join(Appeal.review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .join(Appeal.ruling)
        .where(own_works(user), Ruling.decision == Decision.KEPT)
        .where(Ruling.decided_at >= moment)
    )
    return list(db.session.scalars(_with_names(kept)))


def _waiting(appeals: sa.Select[Appeal]) -> sa.Select[Appeal]:
    return (
        appeals.outerjoin(Appeal.ruling)
        .where(Ruling.appeal_id.is_(None), Submission.status == Status.RETURNED)
        .where(is_newest())
    )


def _with_names(appeals: sa.Select[Appeal]) -> sa.Select[Appeal]:
    """Load what a line says, and not the answers."""
    attempt = contains_eager(Appeal.review).contains_eager(Review.attempt)
    work = attempt.contains_eager(Attempt.submission)
    return appeals.options(
        attempt.options(defer(Attempt.fields)),
        work.selectinload(Submission.module).selectinload(Module.current_revision),
        work.selectinload(Submission.team).selectinload(Team.school),
        work.selectinload(Submission.cohort),
        work.selectinload(Submission.user),
        contains_eager(Appeal.review).selectinload(Review.tutor),
        selectinload(Appeal.ruling).selectinload(Ruling.decided_by),
    )
