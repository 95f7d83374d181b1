"""Whose report it is, and of which year."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import midnight, today
from lms.core.links import site_path
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.schools.teams.models import School
from lms.schools.territories.history import schools_at
from lms.schools.territories.models import SchoolTerritory, Territory


def key_of(year: SchoolYear) -> str:
    """Return a school year as addresses have it: «2026-27»."""
    return f"{year.starts_on:%Y}-{year.ends_on:%y}"


@dataclass(frozen=True)
class Scope:
    """A territory or a school in a school year, as far as a viewer may know it.

    A school counts where it is on the last day of the year, or today before that day.
    """

    year: SchoolYear
    viewer: User | None
    territory: Territory | None = None
    school: School | None = None
    # Whether the schools of the districts within the territory belong to it.
    with_parts: bool = True

    def without_parts(self) -> "Scope":
        """Leave the schools that lie in no district of a region."""
        return replace(self, with_parts=False)

    @property
    def has_schools(self) -> bool:
        return bool(db.session.scalar(sa.select(self.schools.exists())))

    @property
    def title(self) -> str:
        if self.school is not None:
            return self.school.label
        return self.territory.name if self.territory else ""

    @property
    def address(self) -> dict[str, Any]:
        """What names the report in an address."""
        if self.school is not None:
            return {"school_id": self.school.id, "year": key_of(self.year)}
        territory = self.territory and self.territory.id
        return {"territory_id": territory, "year": key_of(self.year)}

    @cached_property
    def schools(self) -> sa.Select[int]:
        """The ids of the schools of the report."""
        if self.school is not None:
            return sa.select(School.id).where(School.id == self.school.id)
        day = min(self.year.ends_on, today())
        ids = [self.territory.id] if self.territory else []
        if self.with_parts:
            return schools_at(day, ids)
        return sa.select(SchoolTerritory.school_id).where(
            SchoolTerritory.territory_id.in_(ids), SchoolTerritory.lasts_on(day)
        )

    @property
    def begins_at(self) -> datetime:
        return midnight(self.year.starts_on)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to the year."""
        following = self.year.ends_on + timedelta(days=1)
        return midnight(following)

    def page_of_observers(self, endpoint: str) -> str:
        """Return the page of a figure that coordinators read; a school has none."""
        return "" if self.school is not None else site_path(endpoint)

    def holds(self, moment: sa.SQLColumnExpression[Any]) -> sa.ColumnElement[bool]:
        """Tell of a moment whether it lies in the year."""
        return sa.and_(moment >= self.begins_at, moment < self.ends_at)
