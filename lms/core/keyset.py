"""Lists that grow, a part at a time: a part costs the same, however long the list.

A number of a page, and of pages, makes the database read all that goes before, and
all that there is. A part begins behind the row that the address names instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from flask import request
from sqlalchemy.sql.elements import False_, True_

from lms.core.database import row_number
from lms.core.extensions import db

Row = TypeVar("Row")
Key = sa.orm.InstrumentedAttribute[Any]
Condition = sa.ColumnElement[bool]


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows of a list, and where the parts beside it lie."""

    items: list[Row]
    # The row before which the last part ends, and that behind which the next begins.
    before: int | None
    after: int | None


class _Place(NamedTuple):
    """Where a part lies: behind a row or above it; no keys of a row: at the top."""

    row: tuple[Any, ...] = ()
    is_up: bool = False


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list that is read in parts.

    `keys` put the rows in order and end with their id; an index has to serve them. Of
    `ways` one has to be true: each is asked apart, for OR would be served by no index.
    """

    rows: sa.Select[Row]
    keys: Sequence[Key]
    size: int
    descending: bool = False
    ways: Sequence[Condition] = field(default=())

    def part(self) -> Part[Row]:
        """Return the part that the address asks for; two statements, the first one.

        A row that is gone by now, and a part that is empty by now, lead to the top.
        """
        place = self._asked()
        found = self._read(place)
        if place.row and not found:
            place, found = _Place(), self._read(_Place())
        has_more, shown = len(found) > self.size, found[: self.size]
        if place.is_up:
            shown.reverse()
        ids = [getattr(row, self.keys[-1].key) for row in shown]
        has_before = has_more if place.is_up else bool(place.row)
        return Part(
            shown,
            ids[0] if has_before else None,
            ids[-1] if place.is_up or has_more else None,
        )

    def _asked(self) -> _Place:
        for name in ("after", "before"):
            number = row_number(request.args.get(name, ""))
            if number is not None:
                keys = self.rows.with_only_columns(*self.keys).order_by(None)
                named = keys.where(self.keys[-1] == number)
                row: Any = db.session.execute(named).first()
                return _Place(tuple(row or ()), is_up=bool(row) and name == "before")
        return _Place()

    def _read(self, place: _Place) -> list[Row]:
        """Read the rows from a place on, and one more if there are more."""
        goes_down = self.descending is not place.is_up
        query = self.rows.order_by(None)
        if place.row:
            query = query.where(_beyond(self.keys, place.row, goes_down=goes_down))
        query = query.order_by(*(key.desc() if goes_down else key for key in self.keys))
        query = self._united(query.limit(self.size + 1))
        return list(db.session.scalars(query))

    def _united(self, query: sa.Select[Row]) -> sa.Select[Row]:
        """Leave what one of the ways leads to: the first rows of each, united."""
        ways = [way for way in self.ways if not isinstance(way, False_)]
        if not self.ways or any(isinstance(way, True_) for way in ways):
            return query
        number = self.keys[-1]
        first = (query.where(way).with_only_columns(number).subquery() for way in ways)
        ids = [sa.select(part.c[0]) for part in first]
        return query.where(number.in_(sa.union(*ids)) if ids else sa.false())


def _beyond(keys: Sequence[Key], row: tuple[Any, ...], *, goes_down: bool) -> Condition:
    """Tell what comes behind a row; the keys of the first table once more alone.

    The index of that table knows nothing of the others, and is to be used as well.
    """
    first = [key for key in keys if key.class_ is keys[0].class_]
    whole, alone = sa.tuple_(*keys), sa.tuple_(*first)
    known = row[: len(first)]
    is_behind = whole < row if goes_down else whole > row
    if len(first) == len(keys):
        return is_behind
    return sa.and_(is_behind, alone <= known if goes_down else alone >= known)
