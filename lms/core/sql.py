"""What each database works out in words of its own."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from lms.core.database import UtcDateTime


class hours_between(FunctionElement[float]):  # noqa: N801 - reads as a function
    """How many hours one moment is after another, worked out by the database."""

    inherit_cache = True
    type = sa.Float()


@compiles(hours_between, "sqlite")
def _sqlite_hours(element: Any, compiler: Any, **kwargs: Any) -> str:
    later, earlier = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"((julianday({later}) - julianday({earlier})) * 24)"


@compiles(hours_between, "postgresql")
def _postgresql_hours(element: Any, compiler: Any, **kwargs: Any) -> str:
    later, earlier = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"(extract(epoch from {later} - {earlier})::float / 3600)"


class weeks_between(FunctionElement[int]):  # noqa: N801 - reads as a function
    """In which week after a moment another one lies; the week before is week -1."""

    inherit_cache = True
    type = sa.Integer()

    def __init__(self, later: Any, earlier: datetime) -> None:
        super().__init__(later, sa.literal(earlier, UtcDateTime()))


@compiles(weeks_between, "sqlite")
def _sqlite_weeks(element: Any, compiler: Any, **kwargs: Any) -> str:
    later, earlier = (compiler.process(part, **kwargs) for part in element.clauses)
    # It divides towards zero, so weeks are counted from long before.
    seconds = f"strftime('%s', {later}) - strftime('%s', {earlier})"
    return f"(({seconds} + 604800 * 10000) / 604800 - 10000)"


@compiles(weeks_between, "postgresql")
def _postgresql_weeks(element: Any, compiler: Any, **kwargs: Any) -> str:
    later, earlier = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"floor(extract(epoch from {later} - {earlier}) / 604800)::int"


class json_items(FunctionElement[Any]):  # noqa: N801 - reads as a function
    """The items of a stored list, a row for each, in the column `value`."""

    inherit_cache = True
    name = "json_items"


@compiles(json_items, "sqlite")
def _sqlite_items(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kwargs)})"


@compiles(json_items, "postgresql")
def _postgresql_items(element: Any, compiler: Any, **kwargs: Any) -> str:
    return f"json_array_elements({compiler.process(element.clauses, **kwargs)})"
