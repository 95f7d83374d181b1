"""What is known about the people of some cohorts: four statements for any number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module
from lms.schools.teams.models import Membership, Team
from lms.work.credits.models import Credit
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Status, Submission


class Person(NamedTuple):
    """Somebody in a team of a cohort, as the gradebook knows people."""

    user_id: int
    team_id: int
    cohort_id: int


class Merit(NamedTuple):
    """A credit: the work was accepted, or a tutor excused the person from it."""

    is_excused: bool
    reason: str


class Work(NamedTuple):
    """Where the work of a team or a person is."""

    submission_id: int
    status: Status
    was_sent: bool


class Opening(NamedTuple):
    """When a module opens for a cohort, and whether it can be read at all."""

    opens_on: date
    is_live: bool


@dataclass(frozen=True)
class Gradebook:
    """The facts behind all conditions, ready to be looked up."""

    merits: dict[tuple[int, int, int], Merit]
    percents: dict[tuple[int, int], int]
    works: dict[tuple[int, int | None, int | None, int], Work]
    openings: dict[tuple[int, int], Opening]

    def merit(self, person: Person, module_id: int) -> Merit | None:
        return self.merits.get((person.user_id, person.cohort_id, module_id))

    def percent(self, person: Person, module_id: int) -> int | None:
        """Return the best result of a person in a self-check."""
        return self.percents.get((person.user_id, module_id))

    def work(self, person: Person, module_id: int) -> Work | None:
        """Return the work of the person's team, or that of the person."""
        own = (person.cohort_id, None, person.user_id, module_id)
        shared = (person.cohort_id, person.team_id, None, module_id)
        return self.works.get(own) or self.works.get(shared)

    def opening(self, person: Person, module_id: int) -> Opening | None:
        return self.openings.get((person.cohort_id, module_id))


def read_gradebook(
    cohort_ids: Collection[int], *, person: Person | None = None
) -> Gradebook:
    """Read the facts of everybody in some cohorts, or of one person there."""
    return Gradebook(
        merits=_merits(cohort_ids, person),
        percents=_percents(cohort_ids, person),
        works=_works(cohort_ids, person),
        openings=_openings(cohort_ids),
    )


def _merits(
    cohort_ids: Collection[int], person: Person | None
) -> dict[tuple[int, int, int], Merit]:
    query = sa.select(
        Credit.user_id,
        Credit.cohort_id,
        Credit.module_id,
        Credit.excused_by_id,
        Credit.reason,
    ).where(Credit.cohort_id.in_(cohort_ids))
    if person:
        query = query.where(Credit.user_id == person.user_id)
    return {
        (user_id, cohort_id, module_id): Merit(excused_by is not None, reason)
        for user_id, cohort_id, module_id, excused_by, reason in _rows(query)
    }


def _percents(
    cohort_ids: Collection[int], person: Person | None
) -> dict[tuple[int, int], int]:
    members = (
        sa.select(Membership.user_id)
        .join(Membership.team)
        .where(Team.cohort_id.in_(cohort_ids))
    )
    query = sa.select(
        QuizResult.user_id, QuizResult.module_id, sa.func.max(QuizResult.percent)
    ).group_by(QuizResult.user_id, QuizResult.module_id)
    if person:
        query = query.where(QuizResult.user_id == person.user_id)
    else:
        query = query.where(QuizResult.user_id.in_(members))
    return {(user_id, module_id): best for user_id, module_id, best in _rows(query)}


def _works(
    cohort_ids: Collection[int], person: Person | None
) -> dict[tuple[int, int | None, int | None, int], Work]:
    query = sa.select(
        Submission.cohort_id,
        Submission.team_id,
        Submission.user_id,
        Submission.module_id,
        Submission.id,
        Submission.status,
        Submission.sent_at,
    ).where(Submission.cohort_id.in_(cohort_ids))
    if person:
        mine = Submission.user_id == person.user_id
        query = query.where(sa.or_(mine, Submission.team_id == person.team_id))
    return {
        (cohort_id, team_id, user_id, module_id): Work(id, status, sent_at is not None)
        for cohort_id, team_id, user_id, module_id, id, status, sent_at in _rows(query)
    }


def _openings(cohort_ids: Collection[int]) -> dict[tuple[int, int], Opening]:
    query = (
        sa.select(
            CalendarRow.cohort_id,
            CalendarRow.module_id,
            CalendarRow.opens_on,
            Module.current_revision_id,
        )
        .join(CalendarRow.module)
        .where(CalendarRow.cohort_id.in_(cohort_ids))
    )
    return {
        (cohort_id, module_id): Opening(opens_on, revision_id is not None)
        for cohort_id, module_id, opens_on, revision_id in _rows(query)
    }


def _rows(query: sa.Executable) -> Any:
    return db.session.execute(query)
