"""Who needs a letter now, and why; asked for the form and again for each letter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lms.course.cohorts.rule import frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.condition import QUIZ, Condition, Look
from lms.outcomes.certificates.conditions import compare, read_record
from lms.overview.mailings.models import Purpose
from lms.overview.mailings.permissions import writes_to_captains
from lms.overview.progress.cells import Cell
from lms.overview.progress.matrix import Matrix, Row
from lms.overview.progress.troubles import Reason
from lms.schools.teams.models import Team
from lms.work.credits.gradebook import Participant
from lms.work.credits.path import Step
from lms.work.credits.schedule import ScheduledModule

# Whose move it is: the person's own, or the team's.
DOABLE = {Look.TO_DO, Look.RETURNED}


@dataclass(frozen=True)
class Group:
    """Whom a letter is meant for: the purpose, and the module if it is about one."""

    purpose: Purpose
    column: ScheduledModule | None = None

    @property
    def title(self) -> str:
        name = self.purpose.value
        return f"{name} «{self.column.short_label}»" if self.column else name

    @property
    def module_id(self) -> int | None:
        return self.column.module.id if self.column else None


@dataclass(frozen=True)
class Addressee:
    """A person who needs the letter, and what it is about for this person."""

    user: User
    team: Team
    why: str
    step: Step | None = None
    # What the person lacks, where the letter is about that.
    conditions: list[Condition] = field(default_factory=list)


def group_of(about: str, matrix: Matrix) -> Group | None:
    """Read a group from an address: `quiet`, `work-nastavnichestvo`."""
    name, _, slug = about.partition("-")
    purpose = Purpose.__members__.get(name.upper())
    if purpose is Purpose.REMINDER:
        return None
    if purpose in {Purpose.WORK, Purpose.QUIZ}:
        found = (c for c in matrix.columns if c.module.slug == slug and c.is_open)
        return next((Group(purpose, column) for column in found), None)
    return Group(purpose) if purpose and not slug else None


def addressees_of(
    matrix: Matrix,
    group: Group,
    *,
    viewer: User | None = None,
    team_id: int | None = None,
) -> list[Addressee]:
    """Return who of the teams in a matrix needs a letter now, each person once.

    What the viewer may have to read a second time counts as not met. The matrix of a
    single team names it, so that no more than that is read.
    """
    found: dict[int, Addressee] = {}
    if group.purpose.is_about_people:
        everybody = _lacking(matrix, group, viewer, team_id)
    else:
        everybody = (one for row in matrix.rows for one in _in_row(row, matrix, group))
    for addressee in everybody:
        found.setdefault(addressee.user.id, addressee)
    if viewer and group.purpose is not Purpose.REMINDER:
        return _allowed(found.values(), matrix, group, viewer)
    return list(found.values())


def _allowed(
    found: Iterable[Addressee], matrix: Matrix, group: Group, viewer: User
) -> list[Addressee]:
    """Leave to a coordinator the captains, and nobody for what each does alone."""
    if not writes_to_captains(viewer, matrix.cohort):
        return list(found)
    captains = {row.entry.captain.user_id for row in matrix.rows if row.entry.captain}
    if group.purpose.is_about_people:
        captains = set()
    return [one for one in found if one.user.id in captains]


def own_to_do(conditions: Iterable[Condition]) -> list[Condition]:
    """Return what a person can do alone now: self-checks, works of each by themselves.

    The work of a team is everybody's, and what waits for a tutor is nobody's.
    """
    return [
        one
        for one in conditions
        if one.look in DOABLE
        and (one.what == QUIZ or (one.lesson is not None and one.lesson.by == "person"))
    ]


def _lacking(
    matrix: Matrix, group: Group, viewer: User | None, team_id: int | None
) -> Iterator[Addressee]:
    record = read_record([matrix.cohort], viewer, team_id=team_id)
    rule = frozen_rule(matrix.cohort)
    for row in matrix.rows:
        for member in row.entry.members:
            conditions = compare(Participant.of(member), rule, record)
            if about := _about(group, conditions):
                why = "; ".join(condition.sentence for condition in about)
                yield Addressee(member.user, row.team, why, conditions=about)


def _about(group: Group, conditions: list[Condition]) -> list[Condition]:
    """Return what a letter to this person would be about; nothing, no letter."""
    if group.purpose is Purpose.LAST:
        unmet = [one for one in conditions if not one.is_met]
        return unmet if len(unmet) == 1 and unmet[0].look in DOABLE else []
    own = own_to_do(conditions)
    if group.purpose is Purpose.REMINDER:
        return own
    return [
        one
        for one in own
        if one.what == QUIZ and one.lesson and one.lesson.module_id == group.module_id
    ]


def _in_row(row: Row, matrix: Matrix, group: Group) -> Iterator[Addressee]:
    places = list(zip(matrix.columns, row.cells, strict=True))
    if group.purpose is Purpose.WORK:
        about = (cell for one, cell in places if one.module.id == group.module_id)
        return _owing(row, next(about))
    return _stuck(row, places, Reason[group.purpose.name])


def _stuck(
    row: Row, places: list[tuple[ScheduledModule, Cell]], reason: Reason
) -> Iterator[Addressee]:
    cells = {column.module.id: cell for column, cell in places}
    for trouble in row.troubles:
        if trouble.reason is not reason:
            continue
        column = trouble.column or _first_owed(places, reason)
        for user in _people(row):
            if trouble.user_id in (None, user.id):
                step = cells[column.module.id].step_of(user.id) if column else None
                yield Addressee(user, row.team, trouble.sentence, step)


def _owing(row: Row, cell: Cell) -> Iterator[Addressee]:
    for user in _people(row):
        step = cell.step_of(user.id)
        if step.needs_work:
            yield Addressee(user, row.team, cell.text, step)


def _first_owed(
    places: list[tuple[ScheduledModule, Cell]], reason: Reason
) -> ScheduledModule | None:
    """Return what a quiet team should do first."""
    if reason is not Reason.QUIET:
        return None
    owed = (c for c, cell in places if c.is_required and cell.is_owed)
    return next(owed, None)


def _people(row: Row) -> list[User]:
    return [member.user for member in row.entry.members]
