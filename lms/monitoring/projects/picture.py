"""A project as plain data: as it is today, or as a closed quarter keeps it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import selectinload

from lms.core.extensions import db
from lms.core.language import day
from lms.monitoring.projects.models import (
    Event,
    EventKind,
    Project,
    ProjectTask,
    Risk,
)
from lms.network.partners.models import Partner

WITH_PARTNERS = selectinload(Event.partners).joinedload(Partner.merged_into)


class Line(BaseModel):
    """What a row says; its id stays the same from quarter to quarter."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: int


L = TypeVar("L", bound=Line)


class TaskLine(Line):
    """A task and its results."""

    text: str
    stage: str
    planned: str
    achieved: str
    correction: str
    extra: str


class EventLine(Line):
    """An event: planned, held, or neither."""

    what: str
    who: str
    due_on: date | None
    kind: EventKind
    task_id: int | None
    done_on: date | None
    fact: str
    why_not: str
    correction: str
    missed_on: date | None
    corrected_on: date | None
    # Names of partners; quarters closed before there were any keep none.
    together: tuple[str, ...] = ()

    @property
    def is_planned(self) -> bool:
        return self.due_on is not None

    @property
    def is_held(self) -> bool:
        return self.done_on is not None

    def is_due(self, on: date) -> bool:
        """Tell whether it ought to have been held by the end of a day."""
        return self.due_on is not None and self.due_on <= on

    def is_unmarked(self, on: date) -> bool:
        """Tell whether its day is over and nobody has said what came of it."""
        is_over = self.due_on is not None and self.due_on < on
        return is_over and not self.is_held and not self.why_not

    def mark(self, on: date) -> str:
        """«Отметка о выполнении», which nobody types."""
        if self.done_on:
            word = "выполнено" if self.is_planned else "проведено вне плана"
            return f"{word} {day(self.done_on)}"
        if self.why_not:
            return "не проведено"
        return "без отметки" if self.is_unmarked(on) else "впереди"


class RiskLine(Line):
    """A risk: foreseen, come true, or both."""

    text: str
    is_planned: bool
    came_on: date | None
    measure: str
    correction: str


class Picture(BaseModel):
    """The three tables of a project at one moment."""

    model_config = ConfigDict(frozen=True)

    tasks: list[TaskLine] = []
    events: list[EventLine] = []
    risks: list[RiskLine] = []

    def stored(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return self.model_dump(mode="json")

    def unmarked(self, on: date) -> list[EventLine]:
        return [event for event in self.events if event.is_unmarked(on)]


def picture_of(project: Project | None) -> Picture:
    """Return a project as it is now; as many statements for any number of rows."""
    if project is None:
        return Picture()
    day_of_event = sa.func.coalesce(Event.due_on, Event.done_on)
    events = live_rows(project, Event, day_of_event, options=[WITH_PARTNERS])
    return Picture(
        tasks=_lines(TaskLine, live_rows(project, ProjectTask)),
        events=_lines(EventLine, events),
        risks=_lines(RiskLine, live_rows(project, Risk)),
    )


def live_rows(
    project: Project, model: Any, *order: Any, options: Sequence[Any] = ()
) -> Iterable[Any]:
    """Return the rows of a kind that nobody has removed."""
    rows = sa.select(model).filter_by(project_id=project.id, removed_at=None)
    return db.session.scalars(rows.order_by(*order, model.id).options(*options))


def _lines(kind: type[L], rows: Iterable[Any]) -> list[L]:
    return [kind.model_validate(row) for row in rows]
