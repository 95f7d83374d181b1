"""«Мероприятия»: meetings with who was called and who came, and events of schools."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day, today
from lms.core.links import site_path
from lms.monitoring.projects.models import Event, Project
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Cell, Figure, Grid, day_cell
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import is_called
from lms.schools.meetings.turnout import turnout_of
from lms.schools.teams.models import School, Team

TITLE = "Мероприятия"
# 003:260: № | Мероприятия | Сроки | Ответственный.
EVENTS = {"№": 6, "Мероприятие": 44, "Сроки": 16, "Ответственный": 28, "Отметка": 20}
# Of a meeting of which nobody has told who came.
UNTOLD: list[Any] = [None, None]
MEETINGS = {"№": 6, "Встреча": 50, "Когда": 16, "Звали": 12, "Пришли": 12}


def block_of(scope: Scope) -> Block:
    """Count the meetings and the events of schools in the year; six statements.

    What is planned for a later day is no part of the plan yet, as in the projects.
    """
    held_ones, meetings, called, came = _meetings(scope)
    events = db.session.execute(_events(scope)).all()
    due = [one for one, _ in events if one.due_on and one.due_on <= today()]
    held = sum(one.done_on is not None for one in due)
    figures = [
        Figure(
            key="meetings", label="Встречи", value=len(meetings), rows_of="meetings"
        ),
        Figure(key="came", label="Пришли на встречи", value=came, of=called),
        Figure(key="held", label="Проведено по плану", value=held, of=len(due)),
        Figure(
            key="unplanned",
            label="Проведено вне плана",
            value=sum(one.due_on is None for one, _ in events),
        ),
    ]
    address = site_path("agenda.index")
    figures = [one.model_copy(update={"address": address}) for one in figures]
    rows: list[list[Cell]] = [
        [place, one.what, day_cell(one.due_on or one.done_on), school, _mark(one)]
        for place, (one, school) in enumerate(events, 1)
    ]
    grids = [
        Grid(
            key="meetings",
            title="Встречи",
            columns=MEETINGS,
            rows=meetings,
            keys=held_ones,
        ),
        Grid(key="events", title="Мероприятия школ", columns=EVENTS, rows=rows),
    ]
    return Block(key="events", title=TITLE, figures=figures, grids=grids)


def _meetings(scope: Scope) -> tuple[list[int], list[list[Cell]], int, int]:
    """Return the meetings held for these schools, and how many were called and came.

    A meeting may be for the schools of other reports as well, so its number is kept.
    """
    schools = set(db.session.scalars(scope.schools))
    is_for = sa.or_(Meeting.team_id.is_(None), Meeting.team_id == Team.id)
    theirs = (
        sa.select(Team.id)
        .where(Team.cohort_id == Meeting.cohort_id, is_for)
        .where(Team.school_id.in_(schools), is_called([Team.school_id]))
        .correlate(Meeting)
    )
    held = db.session.scalars(
        sa.select(Meeting)
        .where(scope.holds(Meeting.starts_at), Meeting.cancelled_at.is_(None))
        .where(theirs.exists())
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    over = [one for one in held if one.is_over]
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for turnout in turnout_of(over):
        if turnout.school_id in schools:
            counts[turnout.meeting_id][0] += len(turnout.invited)
            counts[turnout.meeting_id][1] += len(turnout.present)
    rows: list[list[Cell]] = [
        [
            place,
            one.title,
            day_cell(course_day(one.starts_at)),
            *counts.get(one.id, UNTOLD),
        ]
        for place, one in enumerate(over, 1)
    ]
    called, came = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    return [one.id for one in over], rows, called, came


def _events(scope: Scope) -> Any:
    """Find what schools had in their plans for the year, and what they held in it."""
    days = scope.year.starts_on, scope.year.ends_on
    in_year = sa.func.coalesce(Event.due_on, Event.done_on).between(*days)
    return (
        sa.select(Event, School.name)
        .join(Project, Project.id == Event.project_id)
        .join(School, School.id == Project.school_id)
        .where(School.id.in_(scope.schools), Event.removed_at.is_(None), in_year)
        .order_by(sa.func.coalesce(Event.due_on, Event.done_on), Event.id)
    )


def _mark(event: Event) -> str:
    """Tell in a word what came of an event, as its project does."""
    if event.done_on:
        return "проведено" if event.due_on else "проведено вне плана"
    if event.why_not:
        return "не проведено"
    is_over = event.due_on is not None and event.due_on < today()
    return "без отметки" if is_over else "впереди"
