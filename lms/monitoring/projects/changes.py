"""What has changed in a project since a quarter was closed, row by row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day, day
from lms.core.names import short_name
from lms.identity.accounts.models import User
from lms.monitoring.projects.models import (
    Event,
    EventKind,
    Project,
    ProjectTask,
    Risk,
)
from lms.monitoring.projects.picture import Line, Picture

# What a field is called where only its name and two texts stand.
NAMES = {
    "text": "название",
    "stage": "этап",
    "planned": "планируемый результат",
    "achieved": "достигнутый результат",
    "correction": "корректировка",
    "extra": "дополнительный результат",
    "what": "название",
    "who": "ответственные",
    "due_on": "срок",
    "kind": "вид",
    "together": "с кем вместе",
    "done_on": "проведено",
    "fact": "что было",
    "why_not": "причина",
    "is_planned": "предполагали",
    "came_on": "случился",
    "measure": "чтобы не случился",
}
MODELS: dict[str, Any] = {"задача": ProjectTask, "мероприятие": Event, "риск": Risk}
Row = tuple[str, int]


class Difference(NamedTuple):
    """A field, and what it said before and says now."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that was added, changed or removed."""

    kind: str
    title: str
    what: str
    differences: list[Difference]


def changes_between(
    then: Picture, now: Picture, removals: Mapping[Row, str]
) -> list[Change]:
    """Compare two pictures by the ids of their rows."""
    changes = []
    for kind, before, after in _tables(then, now):
        old, new = _by_id(before), _by_id(after)
        for key, line in {**old, **new}.items():
            if key not in new:
                gone = f"убрано: {removals[kind, key]}"
                changes.append(_change(kind, line, gone))
            elif key not in old:
                changes.append(_change(kind, line, "добавлено"))
            elif differences := _differences(old[key], line):
                changes.append(_change(kind, line, "изменено", differences))
    return changes


def removals_of(project: Project | None) -> dict[Row, str]:
    """Say of every removed row who removed it and when; one statement each kind."""
    removals: dict[Row, str] = {}
    for kind, model in MODELS.items():
        rows = sa.select(model.id, User.full_name, model.removed_at).join(
            User, User.id == model.removed_by_id
        )
        rows = rows.where(model.project_id == (project.id if project else None))
        for key, name, at in db.session.execute(rows.order_by(model.id)):
            removals[kind, key] = f"{short_name(name)}, {day(course_day(at))}"
    return removals


def _tables(
    then: Picture, now: Picture
) -> Iterable[tuple[str, Iterable[Line], Iterable[Line]]]:
    before = then.tasks, then.events, then.risks
    after = now.tasks, now.events, now.risks
    return zip(MODELS, before, after, strict=True)


def _by_id(lines: Iterable[Line]) -> dict[int, Line]:
    return {line.id: line for line in lines}


def _change(
    kind: str, line: Any, what: str, differences: Iterable[Difference] = ()
) -> Change:
    title = line.what if kind == "мероприятие" else line.text
    return Change(kind, title, what, list(differences))


def _differences(before: Line, after: Line) -> list[Difference]:
    return [
        Difference(name, _words(old), _words(new))
        for field, name in NAMES.items()
        if (old := getattr(before, field, None)) != (new := getattr(after, field, None))
    ]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, EventKind):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(value) or "—"
    return day(value) if isinstance(value, date) else value or "—"
