"""Values of a row as text: in a form that was left open, and as a rival of another."""

import enum
from datetime import date
from typing import Any

from lms.core.language import day
from lms.monitoring.projects.models import ProjectRow
from lms.network.partners.models import cards_among


def as_text(value: Any) -> str:
    """Write a value the way in which two of them are compared and stored."""
    if value is None:
        return ""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, list):
        return " ".join(map(str, sorted(card.id for card in cards_among(value))))
    return value.isoformat() if isinstance(value, date) else str(value)


def is_day(row: ProjectRow, field: str) -> bool:
    """Tell whether a field holds a day."""
    return _python_type(row, field) is date


def is_words(row: ProjectRow, field: str) -> bool:
    """Tell whether a field holds what a person typed, and did not choose."""
    return _python_type(row, field) in (str, date)


def from_text(row: ProjectRow, field: str, text: str) -> str | date | None:
    """Read what `as_text` wrote of words or a day."""
    if is_day(row, field):
        return date.fromisoformat(text) if text else None
    return text


def shown(row: ProjectRow, field: str, text: str) -> str:
    """Write a stored text as people read it."""
    if text and is_day(row, field):
        return day(date.fromisoformat(text))
    return text or "пусто"


def room_for(row: ProjectRow, field: str) -> int | None:
    """Return how long a text of a field may be in the table."""
    length: int | None = getattr(_columns_of(row)[field].type, "length", None)
    return length


def _python_type(row: ProjectRow, field: str) -> type:
    if field not in _columns_of(row):
        return list  # rows of another table
    kind: type = _columns_of(row)[field].type.python_type
    return kind


def _columns_of(row: ProjectRow) -> Any:
    return type(row).__table__.c  # type: ignore[attr-defined]
