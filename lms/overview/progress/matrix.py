"""Teams × modules: made in one place, shown on the page and in the workbook alike."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, undefer

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.search import has_words
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.overview.progress.cells import Cell, personal_cell, team_cell
from lms.overview.progress.facts import Facts, read_facts
from lms.overview.progress.shares import Share, shares_of
from lms.overview.progress.troubles import Reason, Situation, Trouble, troubles_of
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import is_followed
from lms.schools.teams.roster import RosterEntry, roster_of
from lms.work.credits.gradebook import Gradebook, Participant
from lms.work.credits.path import step_of
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.credits.state import State


@dataclass(frozen=True)
class Row:
    """A team with a cell for each column, and why it is stuck, if it is."""

    entry: RosterEntry
    cells: list[Cell]
    troubles: list[Trouble]

    @property
    def team(self) -> Team:
        return self.entry.team

    @property
    def text(self) -> str:
        """What the team is found by."""
        tutor = self.team.tutor.full_name if self.team.tutor else ""
        return f"{self.team.name} {self.team.school.label} {tutor}"

    @property
    def stuck_from(self) -> datetime:
        """When the first of its troubles began to count."""
        return min(trouble.from_at for trouble in self.troubles)


@dataclass(frozen=True)
class Matrix:
    """The teams of a cohort and how far each of them is with each work."""

    cohort: Cohort
    columns: list[ScheduledModule]
    rows: list[Row]

    def accepted(self, place: int) -> int:
        """Count the teams that are done with the work of a column."""
        cells = (row.cells[place] for row in self.rows)
        return sum(cell.state is State.ACCEPTED for cell in cells)

    def shares(self, place: int) -> list[Share]:
        """Return how many teams are how far with the work of a column."""
        return shares_of([row.cells[place] for row in self.rows])

    @property
    def states(self) -> list[Share]:
        """Return every state that occurs in the matrix."""
        return shares_of([cell for row in self.rows for cell in row.cells])

    def owing(self, place: int, *, captains: bool = False) -> int:
        """Count the teams with people who still have to do something for a column.

        Teams in which nobody would read a letter do not count; nor do those without a
        captain, if it goes to captains alone.
        """
        rows = (row for row in self.rows if row.entry.can_be_reached)
        return sum(
            row.cells[place].is_owed
            for row in rows
            if row.entry.captain or not captains
        )

    @property
    def awaited(self) -> list[Row]:
        """The teams whose people have not come yet."""
        return [row for row in self.rows if row.entry.is_awaited]

    @property
    def stuck(self) -> list[Row]:
        """The teams that need the tutor."""
        return [row for row in self.rows if row.troubles]

    @property
    def only_stuck(self) -> "Matrix":
        """The same without the teams that do well."""
        return replace(self, rows=self.stuck)

    def of_tutor(self, user_id: int) -> "Matrix":
        """The same with the teams of one tutor only."""
        rows = [row for row in self.rows if row.team.tutor_id == user_id]
        return replace(self, rows=rows)

    def of_teams(self, team_ids: Collection[int]) -> "Matrix":
        """The same with some teams only."""
        return replace(self, rows=[row for row in self.rows if row.team.id in team_ids])

    def of_schools(self, school_ids: Collection[int]) -> "Matrix":
        """The same with the teams of some schools only."""
        rows = [row for row in self.rows if row.team.school_id in school_ids]
        return replace(self, rows=rows)

    def mentioning(self, words: str) -> "Matrix":
        """The same with the teams whose name, school or tutor has all the words."""
        rows = [row for row in self.rows if has_words(row.text, words)]
        return replace(self, rows=rows)

    @property
    def troubles(self) -> dict[Reason, list[tuple[Row, Trouble]]]:
        """Who is stuck by each reason that occurs, the longest on top."""
        found = defaultdict(list)
        for row in self.rows:
            for trouble in row.troubles:
                found[trouble.reason].append((row, trouble))
        return {
            reason: sorted(found[reason], key=lambda pair: -pair[1].days)
            for reason in Reason
            if reason in found
        }


def matrix_of(
    cohort: Cohort,
    *,
    team_id: int | None = None,
    viewer: User | None = None,
    until: datetime | None = None,
) -> Matrix:
    """Lay out how far the teams of a cohort are, or one of them; see `matrices_of`."""
    return matrices_of([cohort], team_id=team_id, viewer=viewer, until=until)[0]


def matrices_of(
    cohorts: Sequence[Cohort],
    *,
    team_id: int | None = None,
    viewer: User | None = None,
    until: datetime | None = None,
) -> list[Matrix]:
    """Lay out some cohorts; seven statements for any number of them and of teams.

    A viewer has the teams that they follow, or the one that is asked for; of a work
    that they are to read blind they learn that it was judged, and not how. Who will be
    stuck by a later moment is told as well, if that is asked for.
    """
    ids = [cohort.id for cohort in cohorts]
    schedule, facts = schedule_of(cohorts), read_facts(ids, viewer)
    columns = {
        cohort_id: [module for module in modules if module.asks_for_work]
        for cohort_id, modules in schedule.items()
    }
    entries, moment = _entries(ids, _shown(team_id, viewer)), until or utcnow()
    return [
        Matrix(
            cohort,
            columns[cohort.id],
            [
                _row(cohort, columns[cohort.id], entry, facts, moment)
                for entry in entries[cohort.id]
            ],
        )
        for cohort in cohorts
    ]


def _shown(team_id: int | None, viewer: User | None) -> sa.ColumnElement[bool]:
    """Tell which teams stand in a matrix."""
    if team_id:
        return Team.id == team_id
    return is_followed(viewer) if viewer else sa.true()


def _entries(
    cohort_ids: Sequence[int], shown: sa.ColumnElement[bool]
) -> dict[int, list[RosterEntry]]:
    """Return the teams of each cohort by place and school, with their people."""
    teams = db.session.scalars(
        sa.select(Team)
        .join(Team.school)
        .where(Team.cohort_id.in_(cohort_ids), shown)
        .order_by(School.municipality, School.name, Team.name, Team.id)
        .options(
            contains_eager(Team.school),
            joinedload(Team.tutor),
            undefer(Team.first_joined_at),
        )
    ).all()
    entries = defaultdict(list)
    for entry in roster_of(teams):
        entries[entry.team.cohort_id].append(entry)
    return entries


def _row(
    cohort: Cohort,
    columns: list[ScheduledModule],
    entry: RosterEntry,
    facts: Facts,
    until: datetime,
) -> Row:
    cells = [_cell(column, entry, facts.gradebook) for column in columns]
    people = [member.user_id for member in entry.members]
    situation = Situation(
        cohort,
        entry,
        list(zip(columns, cells, strict=True)),
        facts.returns,
        facts.activity.last(entry.team.id, people),
        until,
    )
    return Row(entry, cells, troubles_of(situation))


def _cell(column: ScheduledModule, entry: RosterEntry, gradebook: Gradebook) -> Cell:
    if not column.is_personal:
        return team_cell(step_of(column, Participant.of_team(entry.team), gradebook))
    people = [Participant.of(member) for member in entry.members]
    return personal_cell({p.user_id: step_of(column, p, gradebook) for p in people})
