"""The modules of a cohort as one person or team meets them: done, to do, or late."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.work.credits.gradebook import Gradebook, Participant, Work, read_gradebook
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.credits.state import State


@dataclass(frozen=True)
class Step(ScheduledModule):
    """A module and how far its work is; the work's own due day goes first."""

    submission: Work | None = None
    is_credited: bool = False
    joined_on: date | None = None

    @property
    def state(self) -> State:
        if self.submission and self.submission.is_secret:
            return State.SECOND
        if self.is_credited:
            return State.ACCEPTED
        if self.submission:
            return self.submission.state
        return State.OPEN if self.is_open else State.LOCKED

    @property
    def is_accepted(self) -> bool:
        return self.state is State.ACCEPTED

    @property
    def needs_work(self) -> bool:
        """Tell whether there is something to write or to mend.

        What cannot be opened any more, or not yet, nobody owes.
        """
        runs = self.cohort is not None and self.cohort.is_open and self.is_open
        return runs and self.asks_for_work and self.state.is_teams_move

    @property
    def is_late(self) -> bool:
        """Tell whether the work is owed and its day has passed.

        Nobody is late with what may be left out, or was due before they came.
        """
        if self.due_on is None or self.joined_on is None:
            return False
        passed = self.joined_on <= self.due_on < today()
        return passed and self.is_required and self.needs_work

    @property
    def has_deadline(self) -> bool:
        """Tell whether its people have a due day before them, or have missed it."""
        if self.due_on is None or not self.needs_work:
            return False
        return self.is_late or self.due_on >= today()


def path_of(
    participant: Participant, cohort: Cohort, *, disputed: sa.ColumnElement[bool]
) -> list[Step]:
    """Return the steps of a participant in the order of the course; three statements.

    Which works are looked at again, only those know who come later in the house.
    """
    gradebook = read_gradebook([cohort.id], only=participant, disputed=disputed)
    modules = schedule_of([cohort])[cohort.id]
    return [step_of(module, participant, gradebook) for module in modules]


def path_of_staff() -> list[Step]:
    """Return every live module for those who read without a team; one statement."""
    modules = db.session.scalars(
        sa.select(Module)
        .where(Module.current_revision_id.is_not(None))
        .order_by(Module.position)
        .options(joinedload(Module.current_revision))
    )
    return [Step(module, opens_on=today()) for module in modules]


def step_of(
    scheduled: ScheduledModule, participant: Participant, gradebook: Gradebook
) -> Step:
    """Look up how far a participant is with a module; asks the database nothing."""
    work = gradebook.work(participant, scheduled.module.id)
    facts = vars(scheduled) | ({"due_on": work.due_on} if work else {})
    return Step(
        **facts,
        submission=work,
        is_credited=gradebook.credit(participant, scheduled.module.id) is not None,
        joined_on=participant.joined_on,
    )
