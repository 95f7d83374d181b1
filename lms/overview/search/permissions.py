"""Who finds which passage: exactly whoever may open the page on which it stands."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import judged_cohorts
from lms.course.modules.models import Module
from lms.course.modules.permissions import open_modules, visible_modules
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from lms.overview.search.models import Kind, Passage
from lms.review.reviews.permissions import works_to_read_blind
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import own_teams, shown_id, visible_teams

# What tells a decision: a second reader reads the work first.
TELLING = frozenset({Kind.REMARK, Kind.MESSAGE, Kind.EDIT})
# More cohorts than that are asked about together.
FEW_COHORTS = 12

Ways = tuple[sa.ColumnElement[bool], ...]


@dataclass(frozen=True)
class Reach:
    """What a person may see, by number.

    Read first, and named in the question itself: a database that does not know how few
    rows a subquery gives walks along all passages instead of along those of one team.
    """

    # Each reason to see a passage is asked apart, by an index of its own.
    ways: Ways
    lessons: tuple[int, ...]
    # What is said for all stands below these.
    modules: tuple[int, ...]
    # Of what is for a whole cohort, what its members read.
    announced: Ways
    # Works of which nothing is told that tells a decision.
    blind: tuple[int, ...]
    # Whether that is so much that rare words are not come across along the ways.
    is_wide: bool

    def ways_to(self, kind: Kind) -> list[sa.ColumnElement[bool]]:
        """Return the reasons, of which one is enough to find passages of a kind."""
        if kind is Kind.LESSON:
            return [Passage.source_id.in_(self.lessons)]
        if kind is Kind.SHARED:
            return [Passage.module_id.in_(self.modules)]
        if kind is Kind.ANNOUNCEMENT:
            return [*self.ways, *self.announced]
        if kind in TELLING and self.blind:
            kept = sa.func.coalesce(Passage.submission_id, 0).in_(self.blind)
            return [sa.and_(way, ~kept) for way in self.ways]
        return [*self.ways]


def reach_of(user: User) -> Reach:
    """Read what a person may see."""
    columns = Module.id, Module.current_revision_id
    visible: Any = visible_modules(user).with_only_columns(*columns)
    seen = db.session.execute(visible).all()
    open_to_all = open_modules().with_only_columns(Module.current_revision_id)
    lessons = {live for _, live in seen} | {*db.session.scalars(open_to_all)}
    blind = tuple(db.session.scalars(works_to_read_blind(user)))
    ways, announced, is_wide = _ways(user)
    modules = tuple(sorted(number for number, _ in seen))
    return Reach(ways, tuple(sorted(lessons)), modules, announced, blind, is_wide)


def _ways(user: User) -> tuple[Ways, Ways, bool]:
    """Return the reasons to see things, those for announcements, whether it is much."""
    if can_administer(user):
        return (sa.true(),), (), True
    places = own_teams(user).add_columns(Membership.cohort_id)
    mine = sorted(tuple(row) for row in db.session.execute(places))
    judged = judged_cohorts(user).with_only_columns(Cohort.id)
    cohorts = sorted(db.session.scalars(judged))
    own = Passage.user_id == user.id, *(Passage.team_id == team for team, _ in mine)
    announced = tuple(
        sa.and_(Passage.cohort_id == cohort, Passage.team_id.is_(None))
        for _, cohort in mine
    )
    if len(cohorts) > FEW_COHORTS:
        return (*own, Passage.cohort_id.in_(cohorts)), announced, True
    run = (Passage.cohort_id == number for number in cohorts)
    return (*own, *run), announced, False


def findable_people(user: User) -> sa.Select[User, int]:
    """Admins find everybody, others the members of the teams that they see now.

    Each is found once, with the team that is shown among those the viewer sees.
    """
    team = sa.and_(Membership.user_id == User.id, Membership.left_at.is_(None))
    people = sa.select(User, Membership.team_id).outerjoin(Membership, team)
    if can_administer(user):
        is_shown = Membership.id == shown_id(User.id)
        return people.where(sa.or_(Membership.id.is_(None), is_shown))
    seen = visible_teams(user).with_only_columns(Team.id)
    return people.where(
        Membership.team_id.in_(seen),
        Membership.id == shown_id(User.id, among=seen),
        User.closed_at.is_(None),
    )
