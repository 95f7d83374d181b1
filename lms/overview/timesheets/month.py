"""A month of the course: its edges are midnights in the zone of the site."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from lms.core.database import utcnow
from lms.core.language import course_day, month, site_zone, today

_KEY = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def of(cls, moment: datetime) -> Self:
        return cls(course_day(moment).replace(day=1))

    @classmethod
    def present(cls) -> Self:
        return cls(today().replace(day=1))

    @classmethod
    def read(cls, key: str) -> Self:
        """Return the month «2026-11»; the present one for a later or another thing."""
        found, present = _KEY.fullmatch(key), cls.present()
        if found is None:
            return present
        return min(cls(date(int(found[1]), int(found[2]), 1)), present)

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """«ноябрь 2026»."""
        return month(self.first)

    @property
    def before(self) -> "Month":
        return Month(self.first - relativedelta(months=1))

    @property
    def after(self) -> "Month":
        return Month(self.first + relativedelta(months=1))

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.first, time.min, tzinfo=site_zone())

    @property
    def ends_at(self) -> datetime:
        return self.after.begins_at

    @property
    def is_over(self) -> bool:
        return self.ends_at <= utcnow()

    def holds(self, moment: sa.SQLColumnExpression[datetime]) -> sa.ColumnElement[bool]:
        """Tell of a moment whether it lies in the month."""
        return sa.and_(moment >= self.begins_at, moment < self.ends_at)
