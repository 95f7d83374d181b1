"""«Мой путь»: every module of the cohort with its dates and the state of the work."""

import enum
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module, ReadMark, Revision
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.work.credits.models import Credit
from lms.work.submissions.models import Status, Submission


class StepState(enum.Enum):
    """Where a module of the path is. The value is what people read."""

    LOCKED = "откроется позже"
    OPEN = "открыто"
    DRAFT = "пишем ответ"
    WAITING = "ждёт проверки"
    RETURNED = "вернули на доработку"
    ACCEPTED = "зачтено"


OF_STATUS = {
    Status.DRAFT: StepState.DRAFT,
    Status.WAITING: StepState.WAITING,
    Status.RETURNED: StepState.RETURNED,
    Status.ACCEPTED: StepState.ACCEPTED,
}


@dataclass(frozen=True)
class Step:
    """A module as one person meets it: what it is, when, and how far the work is."""

    slug: str
    position: int
    revision: Revision | None
    opens_on: date
    due_on: date | None
    state: StepState
    submission: Submission | None
    is_read: bool

    @property
    def title(self) -> str:
        return self.revision.title if self.revision else f"Занятие {self.position}"

    @property
    def short_title(self) -> str:
        return self.revision.short_title if self.revision else self.title

    @property
    def is_open(self) -> bool:
        return self.state is not StepState.LOCKED

    @property
    def is_readable(self) -> bool:
        """Tell whether the lesson can be opened, whatever became of the work."""
        return self.revision is not None and self.opens_on <= today()

    @property
    def is_accepted(self) -> bool:
        return self.state is StepState.ACCEPTED

    @property
    def needs_work(self) -> bool:
        """Tell whether the team has something to write or to mend here."""
        has_assignment = bool(self.revision and self.revision.assignment_title)
        to_write = self.state in {StepState.OPEN, StepState.DRAFT, StepState.RETURNED}
        return has_assignment and to_write

    @property
    def is_late(self) -> bool:
        return self.needs_work and self.due_on is not None and self.due_on < today()


def path_of(user: User, team: Team) -> list[Step]:
    """Return the steps of a member in the order of the course; four statements."""
    rows = db.session.scalars(
        sa.select(CalendarRow)
        .where(CalendarRow.cohort_id == team.cohort_id)
        .order_by(CalendarRow.position)
        .options(joinedload(CalendarRow.module).joinedload(Module.current_revision))
    ).all()
    works = _works(user, team)
    read = set(
        db.session.scalars(
            sa.select(ReadMark.module_id).where(ReadMark.user_id == user.id)
        )
    )
    credited = set(
        db.session.scalars(
            sa.select(Credit.module_id).where(
                Credit.user_id == user.id, Credit.cohort_id == team.cohort_id
            )
        )
    )
    return [
        _step(
            row,
            works.get(row.module_id),
            is_read=row.module_id in read,
            is_credited=row.module_id in credited,
        )
        for row in rows
    ]


def path_of_staff() -> list[Step]:
    """Return every live module for those who read without a team; one statement."""
    modules = db.session.scalars(
        sa.select(Module)
        .where(Module.current_revision_id.is_not(None))
        .order_by(Module.position)
        .options(joinedload(Module.current_revision))
    )
    return [
        Step(
            slug=module.slug,
            position=module.position,
            revision=module.current_revision,
            opens_on=today(),
            due_on=None,
            state=StepState.OPEN,
            submission=None,
            is_read=False,
        )
        for module in modules
    ]


def _works(user: User, team: Team) -> dict[int, Submission]:
    own = sa.and_(Submission.user_id == user.id, Submission.cohort_id == team.cohort_id)
    works = db.session.scalars(
        sa.select(Submission).where(sa.or_(Submission.team_id == team.id, own))
    )
    return {work.module_id: work for work in works}


def _step(
    row: CalendarRow, work: Submission | None, *, is_read: bool, is_credited: bool
) -> Step:
    revision = row.module.current_revision
    return Step(
        slug=row.module.slug,
        position=row.module.position,
        revision=revision,
        opens_on=row.opens_on,
        due_on=work.due_on if work else row.due_on,
        state=_state(row, work, is_credited),
        submission=work,
        is_read=is_read,
    )


def _state(row: CalendarRow, work: Submission | None, is_credited: bool) -> StepState:
    if is_credited:
        return StepState.ACCEPTED
    if not row.module.is_live or row.opens_on > today() or row.cohort.is_planned:
        return StepState.LOCKED
    return OF_STATUS[work.status] if work else StepState.OPEN
