"""A table: the same on a page, for Word and for Excel."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from babel.numbers import format_decimal

from lms.core.language import RU, site_zone

Value = str | int | float | date | datetime | None


class Table(NamedTuple):
    """Rows under a heading; the width of each column is a share of the page."""

    title: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Value]]


def stamp(moment: datetime) -> str:
    """«29.11.2026 14:07» by the clock of the course, wherever the reader is."""
    return f"{moment.astimezone(site_zone()):%d.%m.%Y %H:%M}"


def spelled(value: Value) -> str:
    """Write a cell as people read it; an empty one is seen to be empty."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return format_decimal(value, locale=RU)
    return str(value)
