"""A table that leaves the site: the same for Word and for Excel."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from lms.core.language import site_zone

Value = str | int | float | date | datetime | None


class Table(NamedTuple):
    """Rows under a heading; the width of each column is a share of the page."""

    title: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Value]]


def stamp(moment: datetime) -> str:
    """«29.11.2026 14:07» by the clock of the course, wherever the reader is."""
    return f"{moment.astimezone(site_zone()):%d.%m.%Y %H:%M}"
