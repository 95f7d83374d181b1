"""Who finds which passage: exactly whoever may open the page on which it stands."""

from dataclasses import dataclass

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
from lms.schools.teams.permissions import own_teams, visible_teams

# What tells a decision: a second reader reads the work first.
TELLING = frozenset({Kind.REMARK, Kind.MESSAGE, Kind.EDIT})


@dataclass(frozen=True)
class Reach:
    """What a person may see, by number.

    Read first, and named in the question itself: a database that does not know how few
    rows a subquery gives walks along all passages instead of along those of one team.
    """

    # Each reason to see a passage is asked apart, by an index of its own.
    ways: tuple[sa.ColumnElement[bool], ...]
    lessons: tuple[int, ...]
    # Works of which nothing is told that tells a decision.
    blind: tuple[int, ...]

    def ways_to(self, kind: Kind) -> list[sa.ColumnElement[bool]]:
        """Return the reasons, of which one is enough to find passages of a kind."""
        if kind is Kind.LESSON:
            return [Passage.source_id.in_(self.lessons)]
        if kind in TELLING and self.blind:
            kept = sa.func.coalesce(Passage.submission_id, 0).in_(self.blind)
            return [sa.and_(way, ~kept) for way in self.ways]
        return [*self.ways]


def reach_of(user: User) -> Reach:
    """Read what a person may see."""
    current = Module.current_revision_id
    lessons = (
        *db.session.scalars(visible_modules(user).with_only_columns(current)),
        *db.session.scalars(open_modules().with_only_columns(current)),
    )
    blind = tuple(db.session.scalars(works_to_read_blind(user)))
    return Reach(_ways(user), tuple(sorted({*lessons})), blind)


def _ways(user: User) -> tuple[sa.ColumnElement[bool], ...]:
    if can_administer(user):
        return (sa.true(),)
    teams = db.session.scalars(own_teams(user)).all()
    cohorts = db.session.scalars(judged_cohorts(user).with_only_columns(Cohort.id))
    return (
        Passage.user_id == user.id,
        *(Passage.team_id == team_id for team_id in sorted(teams)),
        *(Passage.cohort_id == cohort_id for cohort_id in sorted(cohorts)),
    )


def findable_people(user: User) -> sa.Select[User, int]:
    """Admins find everybody, others the members of the teams that they see now."""
    team = sa.and_(Membership.user_id == User.id, Membership.left_at.is_(None))
    people = sa.select(User, Membership.team_id).outerjoin(Membership, team)
    if can_administer(user):
        return people
    seen = visible_teams(user).with_only_columns(Team.id)
    return people.where(Membership.team_id.in_(seen), User.closed_at.is_(None))
