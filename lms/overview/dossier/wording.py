"""Stored values as lines that people read."""

import enum
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lms.core.language import full_day, site_zone

# Parts of what is stored as JSON: how people call them; None is not shown.
PARTS: dict[str, str | None] = {
    "key": None,
    "html": None,
    "id": None,
    "at": None,
    "field": None,
    "slug": None,
    "position": None,
    "revision_id": None,
    "label": "",
    "title": "",
    "text": "",
    "level": "уровень",
    "points": "баллы",
    "max_points": "из скольких",
    "remark": "замечание",
    "quote": "к словам",
    "work": "работа",
}
STATES = {"accepted": "зачтена", "excused": "зачтена без сдачи", "none": "не нужна"}


def full_moment(value: datetime) -> str:
    """«29 ноября 2026 года, 18:20» by the clock of the course: read years later."""
    local = value.astimezone(site_zone())
    return f"{full_day(local.date())}, {local:%H:%M}"


def lines_of(value: Any) -> list[str]:
    """Return a value as lines; nothing where nothing is stored."""
    if value is None or value == "":
        return []
    if isinstance(value, Mapping):
        return _parts(value)
    if isinstance(value, frozenset):
        return [", ".join(sorted(line for one in value for line in lines_of(one)))]
    if isinstance(value, list):
        return [line for one in value for line in lines_of(one)]
    return [_word(value)]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return full_moment(value)
    if isinstance(value, date):
        return full_day(value)
    return str(value)


def _parts(value: Mapping[str, Any]) -> list[str]:
    """Write what a part is called before it: «уровень: виден замысел»."""
    said = []
    for key, part in value.items():
        word = PARTS.get(key, key)
        lines = [STATES.get(line, line) for line in lines_of(part)]
        if word is None or not lines:
            continue
        text = ", ".join(lines)
        said.append(f"{word}: {text}" if word else text)
    return said
