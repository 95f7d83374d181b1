"""Who sees what of the diagnostics: one's own answers, and figures of groups."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import can_lead, in_coordinated_cohort, is_lead
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    can_administer,
    can_coordinate,
    sees_everything,
)
from lms.monitoring.diagnostics.models import Sitting
from lms.schools.territories.permissions import (
    coordinated_schools,
    coordinated_territories,
)


def visible_sittings(user: User) -> sa.Select[Sitting]:
    """Nobody sees what another person answered, whatever their role."""
    return sa.select(Sitting).where(Sitting.user_id == user.id)


def measured_cohorts(user: User) -> sa.Select[Cohort]:
    """Admins, lead tutors and coordinators read what was learned in their cohorts."""
    coordinated = in_coordinated_cohort(user, Cohort.id)
    ways = sees_everything(user), is_lead(user), coordinated
    return sa.select(Cohort).where(sa.or_(*ways))


def reads_whole(user: User, cohort: Cohort) -> bool:
    """Tell who reads the figures of a whole cohort, with all its schools."""
    return can_administer(user) or can_lead(user, cohort)


def can_read_figures(user: User, cohort: Cohort) -> bool:
    """Tell who reads what a cohort has learned, as a whole or of some schools."""
    if reads_whole(user, cohort) or not can_coordinate(user):
        return reads_whole(user, cohort)
    mine = sa.select(Cohort.id).where(in_coordinated_cohort(user, Cohort.id))
    return db.session.scalar(mine.where(Cohort.id == cohort.id)) is not None


@dataclass(frozen=True)
class Sight:
    """Of which places a person reads the figures; None: of all."""

    territory_ids: Collection[int] | None = None
    school_ids: Collection[int] | None = None

    @property
    def is_whole(self) -> bool:
        return self.territory_ids is None or self.school_ids is None

    def covers(self, territory_id: int | None, school_id: int | None) -> bool:
        """Tell whether the person reads of a place, if it is told at all."""
        if self.territory_ids is None or self.school_ids is None:
            return True
        return territory_id in self.territory_ids or school_id in self.school_ids


def sight_of(user: User, cohort: Cohort) -> Sight:
    """Return what a person reads of a cohort: a coordinator only the own places."""
    if reads_whole(user, cohort):
        return Sight()
    territories = db.session.scalars(coordinated_territories(user))
    return Sight(set(territories), set(db.session.scalars(coordinated_schools(user))))
