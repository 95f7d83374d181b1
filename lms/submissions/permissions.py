"""Who sees which work, and who writes it."""

import sqlalchemy as sa

from lms.accounts.models import User
from lms.cohorts.models import cohort_tutor
from lms.extensions import db
from lms.submissions.models import Submission
from lms.teams.models import Membership


def visible_submissions(user: User) -> sa.Select[Submission]:
    """Admins see all work, tutors what was sent to them, participants their own."""
    query = sa.select(Submission)
    if user.is_admin:
        return query
    mine = sa.or_(Submission.user_id == user.id, Submission.team_id.in_(_teams(user)))
    if user.is_tutor:
        cohorts = sa.select(cohort_tutor.c.cohort_id).where(
            cohort_tutor.c.user_id == user.id
        )
        sent = sa.and_(
            Submission.cohort_id.in_(cohorts), Submission.sent_at.is_not(None)
        )
        return query.where(sa.or_(mine, sent))
    return query.where(mine)


def can_write(user: User, submission: Submission) -> bool:
    """Only the people whose work it is write it; staff look but do not touch."""
    if submission.team_id is None:
        return submission.user_id == user.id
    return bool(
        db.session.scalar(
            sa.select(
                _teams(user).where(Membership.team_id == submission.team_id).exists()
            )
        )
    )


def _teams(user: User) -> sa.Select[int]:
    return sa.select(Membership.team_id).where(
        Membership.user_id == user.id, Membership.left_at.is_(None)
    )
