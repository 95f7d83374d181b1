"""Teams × modules: made in one place, shown on the page and in the workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.agenda.entries import asks_for_work
from lms.cohorts.models import CalendarRow, Cohort
from lms.cohorts.programme import numbered
from lms.extensions import db
from lms.language import today
from lms.modules.models import Module
from lms.progress.cells import CLOSED, Cell, State, personal_cell, team_cell
from lms.progress.facts import Facts, read_facts
from lms.teams.models import Team
from lms.teams.roster import RosterEntry, roster_of, teams_of


@dataclass(frozen=True)
class Column:
    """A module that asks for a work, with its days."""

    module: Module
    opens_on: date
    due_on: date | None

    @property
    def number(self) -> str:
        """What stands for the module where there is no room for its title."""
        return str(self.module.position or "В")

    @property
    def title(self) -> str:
        revision = self.module.current_revision
        position = self.module.position
        if revision is None:
            return f"Занятие {position}" if position else "Введение"
        return numbered(position, revision.short_title)

    @property
    def is_personal(self) -> bool:
        revision = self.module.current_revision
        return revision is not None and revision.assignment_by == "person"

    @property
    def is_open(self) -> bool:
        return self.module.is_live and self.opens_on <= today()


@dataclass(frozen=True)
class Row:
    """A team with a cell for each column."""

    entry: RosterEntry
    cells: list[Cell]

    @property
    def team(self) -> Team:
        return self.entry.team


@dataclass(frozen=True)
class Matrix:
    """The teams of a cohort and how far each of them is with each work."""

    cohort: Cohort
    columns: list[Column]
    rows: list[Row]

    def accepted(self, place: int) -> int:
        """Count the teams that are done with the work of a column."""
        cells = (row.cells[place] for row in self.rows)
        return sum(cell.state is State.ACCEPTED for cell in cells)

    @property
    def states(self) -> list[State]:
        """What occurs among the cells, for the legend."""
        found = {cell.state for row in self.rows for cell in row.cells}
        return [state for state in State if state in found]


def matrix_of(cohort: Cohort) -> Matrix:
    """Lay out how far the teams of a cohort are; five statements for any number."""
    columns = _columns(cohort)
    facts = read_facts(cohort)
    rows = [
        Row(entry, [_cell(cohort, column, entry, facts) for column in columns])
        for entry in roster_of(teams_of(cohort))
    ]
    return Matrix(cohort, columns, rows)


def _columns(cohort: Cohort) -> list[Column]:
    rows: Sequence[CalendarRow] = db.session.scalars(
        sa.select(CalendarRow)
        .where(CalendarRow.cohort_id == cohort.id)
        .join(CalendarRow.module)
        .order_by(Module.position)
        .options(contains_eager(CalendarRow.module).joinedload(Module.current_revision))
    ).all()
    return [
        Column(row.module, row.opens_on, row.due_on)
        for row in rows
        if asks_for_work(row.module)
    ]


def _cell(cohort: Cohort, column: Column, entry: RosterEntry, facts: Facts) -> Cell:
    module_id = column.module.id
    work = facts.team_works.get((entry.team.id, module_id))
    if work is None and (cohort.is_planned or not column.is_open):
        return CLOSED
    days: Any = {"due_on": column.due_on, "counts_days": cohort.is_open}
    if not column.is_personal:
        return team_cell(work, **days)
    people = [
        (
            (member.user_id, module_id) in facts.credits,
            facts.own_works.get((member.user_id, module_id)),
        )
        for member in entry.members
    ]
    return personal_cell(people, **days)
