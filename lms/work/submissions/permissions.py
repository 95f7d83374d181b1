"""Who sees which work, and who writes it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.permissions import in_judged_cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import own_teams
from lms.work.submissions.models import Attempt, Submission, stands


def visible_submissions(user: User) -> sa.Select[Submission]:
    """Admins see all work, tutors what was sent to them, participants their own."""
    is_sent = Submission.sent_at.is_not(None)
    sent = in_judged_cohort(user, Submission.cohort_id, is_sent)
    return sa.select(Submission).where(
        sa.or_(sees_everything(user), own_works(user), sent)
    )


def visible_attempts(user: User) -> sa.Select[Attempt]:
    """What was taken back, only those who wrote it and admins go on seeing."""
    works = visible_submissions(user).with_only_columns(Submission.id)
    mine = sa.select(Submission.id).where(own_works(user))
    kept = sa.or_(sees_everything(user), Attempt.submission_id.in_(mine))
    return sa.select(Attempt).where(
        Attempt.submission_id.in_(works), sa.or_(stands(), kept)
    )


def own_works(user: User) -> sa.ColumnElement[bool]:
    """Tell the works of a person, and of the team in which the person is now."""
    return sa.or_(
        Submission.user_id == user.id, Submission.team_id.in_(own_teams(user))
    )


def own_work_ids(user: User) -> sa.CompoundSelect[int]:
    """Return the ids of the same works, each kind by an index of its own."""
    works = sa.select(Submission.id)
    alone = works.where(Submission.user_id == user.id)
    return alone.union(works.where(Submission.team_id.in_(own_teams(user))))


def ever_wrote(user_id: object) -> sa.ColumnElement[bool]:
    """Tell of a work whether somebody ever belonged to those who wrote it."""
    in_team = sa.exists().where(
        Membership.team_id == Submission.team_id, Membership.user_id == user_id
    )
    in_team = in_team.correlate_except(Membership)
    return sa.or_(in_team, sa.func.coalesce(Submission.user_id, 0) == user_id)


def can_write(user: User, submission: Submission) -> bool:
    """Only the people whose work it is write it; staff look but do not touch."""
    if submission.team_id is None:
        return submission.user_id == user.id
    own = own_teams(user).where(Membership.team_id == submission.team_id)
    return bool(db.session.scalar(sa.select(own.exists())))
