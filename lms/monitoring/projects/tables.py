"""The tables of a project, in the words of the source, for pages, Word and Excel."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from lms.core.language import day
from lms.monitoring.projects.picture import (
    EventLine,
    Picture,
    RiskLine,
    TaskLine,
)

EMPTY = "—"
Written = Callable[[date], str]
RESULTS = (
    "Планируемый результат проекта",
    "Достигнутый результат проекта",
    "Действия по корректировке проекта (по этапам реализации проекта)",
    "Дополнительный, значимый результат проекта",
)
EVENTS = (
    "Запланированные мероприятия",
    "Фактически проведенные мероприятия",
    "Причины не проведения мероприятий",
    "Действия по корректировке проекта",
)
RISKS = (
    "Предполагаемые риски",
    "Реально возникающие риски",
    "Мероприятия, направленные на минимизацию рисков",
    "Действия по корректировке проекта (по этапам реализации проекта)",
)
SCHEDULE = (
    "№",
    "Наименование мероприятия",
    "Сроки",
    "Ответственные",
    "Отметка о выполнении",
)


class Table(NamedTuple):
    """A table for paper; a row of one cell is a heading over those below it."""

    title: str
    columns: Sequence[str]
    rows: list[list[str]]


def tables_of(picture: Picture) -> list[Table]:
    """Return the three tables; a cell in which nothing stands says so."""
    results = []
    for number, task in enumerate(picture.tasks, 1):
        results += [[title_of_task(number, task)], cells_of_task(task)]
    events = [cells_of_event(event, in_full) for event in picture.events]
    risks = [cells_of_risk(risk, in_full) for risk in picture.risks]
    return [
        Table("Результаты", RESULTS, _filled(results)),
        Table("Мероприятия", EVENTS, _filled(events)),
        Table("Риски", RISKS, _filled(risks)),
    ]


def title_of_task(number: int, task: TaskLine) -> str:
    """«Задача 1. Узнать запросы»."""
    return f"Задача {number}. {task.text}"


def cells_of_task(task: TaskLine) -> list[str]:
    """Return a row of «Результаты»; a correction begins with the stage it is of."""
    stage = f"{task.stage}: " if task.stage and task.correction else ""
    return [task.planned, task.achieved, stage + task.correction, task.extra]


def cells_of_event(event: EventLine, written: Written = day) -> list[str]:
    """Return a row of «Мероприятия»; what was in no plan is named by its fact."""
    planned = held = ""
    if event.due_on:
        planned = f"{event.what} ({written(event.due_on)}, {event.who})"
    if event.done_on:
        name = "" if event.due_on else f"{event.what} ({event.who})"
        told = filter(None, (written(event.done_on), name, event.fact))
        held = ": ".join(told)
    return [planned, held, event.why_not, event.correction]


def cells_of_risk(risk: RiskLine, written: Written = day) -> list[str]:
    """Return a row of «Риски»."""
    came = f"{risk.text} ({written(risk.came_on)})" if risk.came_on else ""
    return [risk.text if risk.is_planned else "", came, risk.measure, risk.correction]


def in_full(value: date) -> str:
    """«29.11.2026», for what is read in another year."""
    return f"{value:%d.%m.%Y}"


def plan_and_fact(picture: Picture, on: date) -> list[list[str]]:
    """Return the events as lines of «План и факт» in the school's plan."""
    return [
        [
            event.what,
            event.who,
            day(event.due_on) if event.due_on else EMPTY,
            ": ".join(filter(None, (event.mark(on), event.why_not))),
        ]
        for event in picture.events
    ]


def _filled(rows: Iterable[list[str]]) -> list[list[str]]:
    return [[cell or EMPTY for cell in row] for row in rows]
