"""Lists that grow, a part at a time: a part costs the same, however long the list.

A number of a page, and of pages, makes the database read all that goes before, and
all that there is. A part begins behind the row that the address names instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from flask import request
from sqlalchemy.sql.elements import False_, True_

from lms.core.database import row_number
from lms.core.extensions import db
from lms.core.search import Search

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
    What a search finds is put in order at the end, where it is less than `most_rare`.
    """

    rows: sa.Select[Row]
    keys: Sequence[Key]
    size: int
    descending: bool = False
    ways: Sequence[Condition] = ()
    search: Search | None = None
    most_rare: int = 1_000

    def part(self) -> Part[Row]:
        """Return the part that the address asks for; at most three statements.

        A row that is gone by now, and a part that is empty by now, lead to the top.
        """
        place = self._asked()
        found = self._read(place)
        if place.row and not found:
            place, found = _Place(), self._read(_Place())
        has_more, shown = len(found) > self.size, found[: self.size]
        if place.is_up:
            shown.reverse()
        ids = [getattr(row, self._id.key) for row in shown]
        has_before = has_more if place.is_up else bool(place.row)
        return Part(
            shown,
            ids[0] if has_before else None,
            ids[-1] if place.is_up or has_more else None,
        )

    def has_any(self) -> bool:
        """Tell whether there is anything in the list."""
        rows = self.rows.where(self.search.condition) if self.search else self.rows
        return bool(db.session.scalar(sa.select(rows.exists())))

    @property
    def _id(self) -> Key:
        return self.keys[-1]

    def _asked(self) -> _Place:
        for name in ("after", "before"):
            number = row_number(request.args.get(name, ""))
            if number is not None:
                keys = self.rows.with_only_columns(*self.keys).order_by(None)
                row: Any = db.session.execute(keys.where(self._id == number)).first()
                return _Place(tuple(row or ()), is_up=bool(row) and name == "before")
        return _Place()

    def _read(self, place: _Place) -> list[Row]:
        """Read the rows from a place on, and one more if there are more."""
        order = _order(self.keys, goes_down=self._goes_down(place))
        query = self.rows.order_by(None).order_by(*order).limit(self.size + 1)
        ids = self._few(place)
        if ids is not None:
            return list(db.session.scalars(query.where(self._id.in_(ids))))
        if self.search:
            query = query.where(self.search.condition)
        if place.row:
            goes_down = self._goes_down(place)
            query = query.where(_beyond(self.keys, place.row, goes_down=goes_down))
        return list(db.session.scalars(self._united(query)))

    def _goes_down(self, place: _Place) -> bool:
        return self.descending is not place.is_up

    def _few(self, place: _Place) -> list[int] | None:
        """Find all that a search finds and put it in order then; None: it is too much.

        Along the index of the order one may have to go far for it: all who have one
        name stand together there. What is met everywhere is met there soon.
        """
        if self.search is None or db.engine.dialect.name != "postgresql":
            return None
        by_index = self.search.by_index()
        if by_index is None:
            return None
        query = self.rows.with_only_columns(*self.keys).order_by(None).where(by_index)
        if self.ways:
            query = query.where(sa.or_(*self.ways))
        found = query.limit(self.most_rare + 1).cte().prefix_with("MATERIALIZED")
        goes_down, keys = self._goes_down(place), list(found.c)
        first = sa.select(keys[-1]).order_by(*_order(keys, goes_down=goes_down))
        if place.row:
            first = first.where(_compared(keys, place.row, goes_down=goes_down))
        ids = first.limit(self.size + 1).subquery()
        count = sa.select(sa.func.count()).select_from(found).subquery()
        both = sa.select(count, ids).select_from(count.outerjoin(ids, sa.true()))
        rows = db.session.execute(both).all()
        is_rare = rows[0][0] <= self.most_rare
        return [number for _, number in rows if number] if is_rare else None

    def _united(self, query: sa.Select[Row]) -> sa.Select[Row]:
        """Leave the first rows to which each of the ways leads."""
        ways = [way for way in self.ways if not isinstance(way, False_)]
        if not self.ways or any(isinstance(way, True_) for way in ways):
            return query
        first = (
            query.where(way).with_only_columns(self._id).subquery() for way in ways
        )
        ids = [sa.select(part.c[0]) for part in first]
        return query.where(self._id.in_(sa.union(*ids)) if ids else sa.false())


def _order(keys: Iterable[Any], *, goes_down: bool) -> list[Any]:
    return [key.desc() if goes_down else key for key in keys]


def _beyond(keys: Sequence[Key], row: tuple[Any, ...], *, goes_down: bool) -> Condition:
    """Tell what comes behind a row; the keys of the first table once more alone.

    The index of that table knows nothing of the others, and is to be used as well.
    """
    whole = _compared(keys, row, goes_down=goes_down)
    first = [key for key in keys if key.class_ is keys[0].class_]
    if len(first) == len(keys):
        return whole
    alone, known = sa.tuple_(*first), row[: len(first)]
    return sa.and_(whole, alone <= known if goes_down else alone >= known)


def _compared(
    keys: Iterable[Any], row: tuple[Any, ...], *, goes_down: bool
) -> Condition:
    place = sa.tuple_(*keys)
    return place < row if goes_down else place > row
