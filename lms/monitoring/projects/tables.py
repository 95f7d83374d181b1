"""The tables of a project, in the words of the source, for pages, Word and Excel."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from lms.core.language import day
from lms.core.tables import Table
from lms.monitoring.projects.picture import (
    EventLine,
    Picture,
    RiskLine,
    TaskLine,
)

EMPTY = "—"
# Of each column, in signs of a workbook.
WIDTH = 38
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


def tables_of(picture: Picture) -> list[Table]:
    """Return the three tables; a cell in which nothing stands says so."""
    tasks = [cells_of_task(n, task) for n, task in enumerate(picture.tasks, 1)]
    events = [cells_of_event(event, in_full) for event in picture.events]
    risks = [cells_of_risk(risk, in_full) for risk in picture.risks]
    return [
        _table("Результаты", RESULTS, tasks),
        _table("Мероприятия", EVENTS, events),
        _table("Риски", RISKS, risks),
    ]


def title_of_task(number: int, task: TaskLine) -> str:
    """«Задача 1. Узнать запросы»."""
    return f"Задача {number}. {task.text}"


def cells_of_task(number: int, task: TaskLine) -> list[str]:
    """Return a row of «Результаты»; a correction begins with the stage it is of."""
    planned = f"{title_of_task(number, task)}\n{task.planned}".strip()
    stage = f"{task.stage}: " if task.stage and task.correction else ""
    return [planned, task.achieved, stage + task.correction, task.extra]


def cells_of_event(event: EventLine, written: Written = day) -> list[str]:
    """Return a row of «Мероприятия»; what was in no plan is named by its fact."""
    planned = held = ""
    if event.due_on:
        planned = f"{event.what} ({written(event.due_on)}, {event.who})"
    if event.done_on:
        name = "" if event.due_on else f"{event.what} ({event.who})"
        told = filter(None, (written(event.done_on), name, event.fact))
        held = ": ".join(told)
    partners = f"\nС кем вместе: {', '.join(event.together)}" if event.together else ""
    if held:
        held += partners
    else:
        planned += partners
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


def _table(title: str, captions: Sequence[str], rows: Iterable[list[str]]) -> Table:
    filled = [[cell or EMPTY for cell in row] for row in rows]
    return Table(title, dict.fromkeys(captions, WIDTH), filled)
