"""Who reads which announcement, and who writes, corrects and withdraws them."""

import sqlalchemy as sa

from lms.course.cohorts.permissions import can_run, in_judged_cohort, in_run_cohort
from lms.identity.accounts.models import User
from lms.overview.announcements.models import Announcement
from lms.schools.teams.permissions import is_meant_for


def visible_announcements(user: User) -> sa.Select[Announcement]:
    """Members see what is for them, staff those of the cohorts that they run."""
    run = in_run_cohort(user, Announcement.cohort_id)
    return sa.select(Announcement).where(
        sa.or_(_is_for(user), run), Announcement.withdrawn_at.is_(None)
    )


def addressed_announcements(user: User) -> sa.Select[Announcement]:
    """Those that stand on a start page: for members, and what colleagues tell them."""
    judged = in_judged_cohort(user, Announcement.cohort_id)
    return sa.select(Announcement).where(
        sa.or_(_is_for(user), judged),
        Announcement.author_id != user.id,
        Announcement.withdrawn_at.is_(None),
    )


def can_correct(user: User, announcement: Announcement) -> bool:
    """Whoever runs the cohort corrects and withdraws what was said to it."""
    return can_run(user, announcement.cohort)


def _is_for(user: User) -> sa.ColumnElement[bool]:
    return is_meant_for(user, Announcement.cohort_id, Announcement.team_id)
