"""Who sees which team, and who may change it."""

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.accounts.models import User
from lms.extensions import db
from lms.teams.models import Membership, Team


def active_membership(user: User) -> Membership | None:
    """Return the membership a person has now, with the team, school and cohort."""
    return db.session.scalar(
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .join(Team.cohort)
        .where(Membership.user_id == user.id, Membership.left_at.is_(None))
        .options(
            contains_eager(Membership.team).options(
                contains_eager(Team.school), contains_eager(Team.cohort)
            )
        )
    )
