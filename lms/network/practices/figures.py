"""Figures of the bank for reports: what was published, who took it, what came of it."""

from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.practices.models import Practice, PracticeUse
from lms.network.practices.permissions import IS_PUBLIC
from lms.schools.teams.models import Membership, Team
from lms.work.submissions.models import Status, Submission


class BankFigures(NamedTuple):
    """What became of the accepted works of some schools."""

    accepted: int
    published: int
    # Schools that took one of these practices, each counted once.
    used_by: int
    # Practices of which some school told what came of them.
    with_result: int


def bank_figures(schools: sa.Select[int]) -> BankFigures:
    """Count for the schools whose ids a query returns; works of people are not offered.

    A card that was withdrawn counts no more, nor do those who had taken it.
    """
    teams = sa.select(Team.id).where(Team.school_id.in_(schools))
    accepted = sa.select(sa.func.count()).where(
        Submission.team_id.in_(teams), Submission.status == Status.ACCEPTED
    )
    here = IS_PUBLIC, Practice.team_id.in_(teams)
    published = sa.select(sa.func.count()).where(*here)
    uses = sa.select(PracticeUse).join(Practice, Practice.id == PracticeUse.practice_id)
    used_by = uses.with_only_columns(
        sa.func.count(PracticeUse.school_id.distinct())
    ).where(*here)
    with_result = uses.with_only_columns(
        sa.func.count(PracticeUse.practice_id.distinct())
    ).where(*here, PracticeUse.told_at.is_not(None))
    counted = (accepted, published, used_by, with_result)
    row = db.session.execute(sa.select(*(one.scalar_subquery() for one in counted)))
    return BankFigures(*row.one())


def presented_by(user_id: int) -> sa.Select[int]:
    """Select the public practices that tell of a person's experience.

    The fact «опыт представлен»: of the team in which the person is or was.
    """
    teams = sa.select(Membership.team_id).where(Membership.user_id == user_id)
    return sa.select(Practice.id).where(IS_PUBLIC, Practice.team_id.in_(teams))
