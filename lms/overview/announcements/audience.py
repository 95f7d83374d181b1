"""Whom announcements are for, and how many of these they have reached."""

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.overview.announcements.models import Announcement, AnnouncementMark, Way
from lms.schools.teams.models import Membership, Team


class Reach(NamedTuple):
    """How many people an edition is for, and how many read it where."""

    people: int
    opened: int
    # Got it by letter, and have not opened it on the site.
    by_letter: int


def people_of(announcement: Announcement) -> sa.Select[int]:
    """Select the ids of those who are meant now, apart from closed accounts."""
    return (
        sa.select(Membership.user_id)
        .join(Membership.team)
        .join(Membership.user)
        .where(
            Team.cohort_id == announcement.cohort_id,
            Membership.left_at.is_(None),
            User.closed_at.is_(None),
            Team.id == announcement.team_id if announcement.team_id else sa.true(),
        )
        .order_by(Membership.user_id)
    )


def count_people(cohort_ids: Collection[int]) -> dict[int, int]:
    """Count who could read, team by team of some cohorts; one statement."""
    rows = db.session.execute(
        sa.select(Membership.team_id, sa.func.count())
        .join(Membership.team)
        .join(Membership.user)
        .where(Team.cohort_id.in_(cohort_ids), Membership.left_at.is_(None))
        .where(User.closed_at.is_(None))
        .group_by(Membership.team_id)
    )
    return {int(team_id): people for team_id, people in rows}


def reach_of(announcements: Collection[Announcement]) -> dict[int, Reach]:
    """Count whom some announcements have reached; one statement."""
    ids = [announcement.id for announcement in announcements]
    meant = _meant()
    opened, mailed = _has(Way.OPENED), _has(Way.LETTER)
    query = (
        sa.select(
            Announcement.id,
            sa.func.count(Membership.id),
            sa.func.count(Membership.id).filter(opened),
            sa.func.count(Membership.id).filter(mailed, ~opened),
        )
        .outerjoin(Team, meant)
        .outerjoin(
            Membership,
            sa.and_(
                Membership.team_id == Team.id,
                Membership.left_at.is_(None),
                Membership.user.has(User.closed_at.is_(None)),
            ),
        )
        .where(Announcement.id.in_(ids))
        .group_by(Announcement.id)
    )
    return {key: Reach(*counts) for key, *counts in db.session.execute(query)}


def _meant() -> sa.ColumnElement[bool]:
    """Tell of a team whether an announcement is for it."""
    return sa.and_(
        Team.cohort_id == Announcement.cohort_id,
        sa.or_(Announcement.team_id.is_(None), Announcement.team_id == Team.id),
    )


def _has(way: Way) -> sa.ColumnElement[bool]:
    """Tell of a member whether the present edition reached them in a way."""
    return (
        sa.exists()
        .where(
            AnnouncementMark.announcement_id == Announcement.id,
            AnnouncementMark.edition == Announcement.edition,
            AnnouncementMark.user_id == Membership.user_id,
            AnnouncementMark.way == way,
        )
        .correlate(Announcement, Membership)
    )
