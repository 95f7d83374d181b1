"""Who finds which passage: exactly whoever may open the page on which it stands."""

from typing import Any

import sqlalchemy as sa

from lms.course.cohorts.permissions import in_run_cohort
from lms.course.modules.models import Module
from lms.course.modules.permissions import visible_modules
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from lms.overview.search.models import Kind, Passage
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_teams, visible_teams

# What tells a decision: a second reader reads the work first.
TELLING = frozenset({Kind.REMARK, Kind.MESSAGE, Kind.EDIT})


def may_find(user: User, kind: Kind) -> sa.ColumnElement[bool]:
    """Tell of the passages of a kind whether a person may see them."""
    if kind is Kind.LESSON:
        current = visible_modules(user).with_only_columns(Module.current_revision_id)
        return Passage.source_id.in_(current)
    mine = sa.or_(
        Passage.user_id == user.id,
        Passage.team_id.in_(own_teams(user)),
        in_run_cohort(user, sa.type_coerce(Passage.cohort_id, sa.Integer)),
    )
    if kind in TELLING:
        kept = Passage.submission_id.in_(works_to_read_blind(user))
        return sa.and_(mine, ~kept)
    return mine


def findable_people(user: User) -> sa.Select[Any]:
    """Admins find everybody, others the members of the teams that they see now."""
    team = sa.and_(Membership.user_id == User.id, Membership.left_at.is_(None))
    people: sa.Select[Any] = sa.select(User, Membership.team_id).outerjoin(
        Membership, team
    )
    if can_administer(user):
        return people
    seen = visible_teams(user).with_only_columns(Team.id)
    return people.where(Membership.team_id.in_(seen), User.closed_at.is_(None))
