"""Requests for more days as pages list and count them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import written
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.deferrals.models import Deferral, DeferralState
from lms.schools.teams.models import Membership, Team
from lms.work.submissions.models import Submission


def deferrals_of(submission: Submission) -> Sequence[Deferral]:
    """Return what was asked about a work, newest first."""
    return db.session.scalars(
        sa.select(Deferral)
        .where(Deferral.submission_id == submission.id)
        .order_by(Deferral.id.desc())
        .options(joinedload(Deferral.asked_by), joinedload(Deferral.decided_by))
    ).all()


def latest_deferral(submission: Submission) -> Deferral | None:
    """Return what the page of a work tells: the last request since it was sent."""
    latest = next(iter(deferrals_of(submission)), None)
    if latest and submission.is_editable and submission.sent_at:
        return latest if latest.asked_at > submission.sent_at else None
    return latest


def open_deferrals(deferrals: sa.Select[Deferral]) -> Sequence[Deferral]:
    """Return those that wait for an answer, oldest first."""
    work = joinedload(Deferral.submission)
    return db.session.scalars(
        _waiting(deferrals)
        .order_by(Deferral.asked_at, Deferral.id)
        .options(
            work.joinedload(Submission.team).joinedload(Team.school),
            work.joinedload(Submission.user),
            work.joinedload(Submission.module).joinedload(Module.current_revision),
            joinedload(Deferral.asked_by),
        )
    ).all()


def count_open(deferrals: sa.Select[Deferral]) -> int:
    """Count those that wait for an answer."""
    return db.session.scalar(sa.select(open_count(deferrals))) or 0


def open_count(deferrals: sa.Select[Deferral]) -> sa.ScalarSelect[int]:
    """Count the same as a part of another statement."""
    count = _waiting(deferrals).with_only_columns(sa.func.count(Deferral.id))
    return count.scalar_subquery()


def _waiting(deferrals: sa.Select[Deferral]) -> sa.Select[Deferral]:
    """Leave out what nobody answers any more: a closed cohort moves no days."""
    works = sa.select(Submission.id).join(Submission.cohort)
    running = works.where(Cohort.state == CohortState.OPEN)
    is_open = Deferral.state == written(DeferralState.OPEN)
    return deferrals.where(is_open, Deferral.submission_id.in_(running))


def answered_since(member: User, moment: datetime) -> Sequence[Deferral]:
    """Return the answers that a person's works have got since a moment."""
    teams = sa.select(Membership.team_id).where(
        Membership.user_id == member.id, Membership.left_at.is_(None)
    )
    answered = (DeferralState.GRANTED, DeferralState.DECLINED)
    return db.session.scalars(
        sa.select(Deferral)
        .join(Deferral.submission)
        .where(Deferral.state.in_(answered), Deferral.decided_at >= moment)
        .where(sa.or_(Submission.user_id == member.id, Submission.team_id.in_(teams)))
        .order_by(Deferral.decided_at)
        .options(
            joinedload(Deferral.submission)
            .joinedload(Submission.module)
            .joinedload(Module.current_revision)
        )
    ).all()
