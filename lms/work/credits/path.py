"""The modules of a cohort as one person or team meets them: done, to do, or late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.rule import CompletionRule, frozen_rule
from lms.course.modules.models import Module, ReadMark, Revision
from lms.course.modules.outlines import (
    IS_CURRENT,
    OUTLINE,
    live_modules,
    split_outline,
)
from lms.identity.accounts.models import User
from lms.work.credits.gradebook import (
    Gradebook,
    Participant,
    Work,
    columns_of_work,
)
from lms.work.credits.lateness import is_late
from lms.work.credits.models import Credit
from lms.work.credits.news import unread_releases
from lms.work.credits.schedule import ScheduledModule
from lms.work.credits.state import State
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Submission


@dataclass(frozen=True)
class Step(ScheduledModule):
    """A module and how far its work is; the work's own due day goes first."""

    submission: Work | None = None
    is_credited: bool = False
    joined_on: date | None = None
    # Of a person's own path alone: «Прочитано», and the best self-check in percent.
    is_read: bool = False
    best: int | None = None
    # «3-5»: the first and the last release of which the person is still to be told.
    news: str | None = None

    @cached_property
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
        """Tell whether the day of the work has passed; it may not be left out."""
        is_owed = self.is_required and self.needs_work
        return is_late(self.due_on, self.joined_on, is_owed=is_owed)

    @property
    def has_deadline(self) -> bool:
        """Tell whether its people have a due day before them, or have missed it."""
        if self.due_on is None or not self.needs_work:
            return False
        return self.is_late or self.due_on >= today()


def path_of(
    participant: Participant, cohort: Cohort, *, disputed: sa.ColumnElement[bool]
) -> list[Step]:
    """Return the steps of a participant in the order of the course; one statement.

    Which works are looked at again, only those know who come later in the house.
    """
    owner = Owner(participant.team_id, participant.user_id or 0)
    query = sa.select(*columns_of(owner, disputed)).select_from(CalendarRow)
    rows = db.session.execute(
        with_progress(query, owner).where(
            CalendarRow.cohort_id == participant.cohort_id
        )
    )
    return steps_of(rows, participant, cohort, frozen_rule(cohort))


class Owner(NamedTuple):
    """Whose steps are asked for: ids, or columns of the same statement that hold them.

    Nobody has the id 0; that is the person where a team is asked about.
    """

    team_id: Any
    user_id: Any


def columns_of(owner: Owner, disputed: sa.ColumnElement[bool]) -> list[Any]:
    """Name what a path is made of, in the order in which `steps_of` reads it."""
    days = CalendarRow.opens_on, CalendarRow.due_on
    here = QuizResult.counts_in(CalendarRow.cohort_id)
    best = _best_of(owner.user_id, CalendarRow.module_id, here)
    return [
        *OUTLINE,
        *days,
        Credit.reason,
        ReadMark.read_at,
        best,
        unread_releases(owner.user_id),
        *columns_of_work(disputed, sa.false()),
    ]


def with_progress(query: sa.Select[Any], owner: Owner) -> sa.Select[Any]:
    """Join the rows of a calendar with what was done about each; own works first."""
    module_id, user_id = CalendarRow.module_id, owner.user_id
    is_own = sa.or_(Submission.team_id == owner.team_id, Submission.user_id == user_id)
    here = Submission.cohort_id == CalendarRow.cohort_id
    credited = Credit.cohort_id == CalendarRow.cohort_id, Credit.user_id == user_id
    return (
        query.outerjoin(Module, Module.id == module_id)
        .outerjoin(Revision, IS_CURRENT)
        .outerjoin(Submission, sa.and_(Submission.module_id == module_id, here, is_own))
        .outerjoin(Credit, sa.and_(Credit.module_id == module_id, *credited))
        .outerjoin(
            ReadMark,
            sa.and_(ReadMark.user_id == user_id, ReadMark.module_id == module_id),
        )
        .order_by(Module.position, Submission.user_id.is_(None))
    )


def steps_of(
    rows: Iterable[Sequence[Any]],
    participant: Participant,
    cohort: Cohort,
    rule: CompletionRule | None,
) -> list[Step]:
    """Make the steps of what a statement found."""
    required = {module.module_id for module in rule.required} if rule else ()
    steps: dict[int, Step] = {}
    for row in rows:
        module, (opens_on, due_on, *rest) = split_outline(row)
        excuse, read_at, best, news, *facts = rest
        if module.id in steps:
            continue  # the team has a work too, and the own one goes first
        found = Work(*facts) if facts[0] is not None else None
        steps[module.id] = Step(
            module,
            opens_on,
            found.due_on if found else due_on,
            cohort,
            is_required=module.id in required,
            submission=found,
            is_credited=excuse is not None,
            joined_on=participant.joined_on,
            is_read=read_at is not None,
            best=best,
            news=news,
        )
    return list(steps.values())


def path_of_staff(user: User) -> list[Step]:
    """Return every live module for those who read without a team; one statement."""
    best = _best_of(user.id, Module.id)
    return [Step(module, today(), best=best) for module, best in live_modules(best)]


def _best_of(
    user_id: Any, module_id: Any, *conditions: sa.ColumnElement[bool]
) -> sa.ScalarSelect[int]:
    """Find the best self-check of a person in a module, in percent."""
    of_person = QuizResult.user_id == user_id, QuizResult.module_id == module_id
    best = sa.select(sa.func.max(QuizResult.percent)).where(*of_person, *conditions)
    return best.correlate_except(QuizResult).scalar_subquery()


def step_of(
    scheduled: ScheduledModule, participant: Participant, gradebook: Gradebook
) -> Step:
    """Look up how far a participant is with a module; asks the database nothing."""
    work = gradebook.work(participant, scheduled.module.id)
    return Step(
        scheduled.module,
        scheduled.opens_on,
        work.due_on if work else scheduled.due_on,
        scheduled.cohort,
        is_required=scheduled.is_required,
        submission=work,
        is_credited=gradebook.credit(participant, scheduled.module.id) is not None,
        joined_on=participant.joined_on,
    )
