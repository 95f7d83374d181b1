"""How long teams wait for an answer, worked out by the database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

import sqlalchemy as sa
from babel.numbers import format_decimal
from dateutil.relativedelta import relativedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import NBSP, RU, plural
from lms.core.sql import hours_between
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.submissions.models import Attempt, Status, Submission

# For how long back, in months; None is the whole course.
PERIODS = {3: "3 месяца", 6: "полгода", 12: "год", 0: "весь курс"}
USUAL = 6


@dataclass(frozen=True)
class Pace:
    """How fast some works were answered; nine of ten by the second number of hours."""

    works: int
    median: float
    ninetieth: float


@dataclass(frozen=True)
class TutorPace:
    """How fast one tutor answers: in all, and module by module."""

    name: str
    total: Pace
    modules: list[tuple[ScheduledModule, Pace]]


@dataclass(frozen=True)
class Answers:
    """The answers of the tutors of a cohort, and what still waits for one."""

    tutors: list[TutorPace]
    waiting: int
    oldest_at: datetime | None

    @property
    def slowest(self) -> float:
        """The longest bar of the picture, in hours."""
        paces = (pace for tutor in self.tutors for _, pace in tutor.modules)
        return max((pace.ninetieth for pace in paces), default=0)


def answers_of(cohort: Cohort, *, months: int = USUAL) -> Answers:
    """Return how fast the works of a cohort were answered lately; four statements.

    However many reviews there are, the database returns a line for each tutor and
    module and no more.
    """
    columns = {column.module.id: column for column in schedule_of([cohort])[cohort.id]}
    by_tutor = defaultdict(list)
    for _, tutor_id, module_id, *numbers in _by_tutor(
        cohort, months, Submission.module_id
    ):
        if module_id in columns:
            by_tutor[tutor_id].append((columns[module_id], pace_of(*numbers)))
    tutors = [
        TutorPace(name, pace_of(*numbers), _in_order(by_tutor[tutor_id]))
        for name, tutor_id, *numbers in _by_tutor(cohort, months)
    ]
    waiting, oldest_at = db.session.execute(
        sa.select(sa.func.count(Submission.id), sa.func.min(Submission.sent_at)).where(
            Submission.cohort_id == cohort.id, Submission.status == Status.WAITING
        )
    ).one()
    return Answers(tutors, waiting, oldest_at)


def pace_of_hours(hours: Sequence[float]) -> Pace:
    """Tell how fast some works were answered, as the database does for many."""
    ninetieth = sorted(hours)[(len(hours) * 9 + 9) // 10 - 1]
    return Pace(len(hours), median(hours), ninetieth)


def spell_hours(hours: float) -> str:
    """«меньше часа», «26 ч», «3,5 дня»: as exact as it matters."""
    if hours < 1:
        return "меньше часа"
    if hours < 48:
        return f"{round(hours)}{NBSP}ч"
    days = round(hours / 24, 1)
    if days.is_integer():
        return plural(int(days), "день", "дня", "дней")
    return f"{format_decimal(days, locale=RU)}{NBSP}дня"


def pace_of(works: int, median: float, ninetieth: float) -> Pace:
    """Clocks jump: an answer before its question took no time."""
    return Pace(works, max(0, median), max(0, ninetieth))


def _in_order(
    found: list[tuple[ScheduledModule, Pace]],
) -> list[tuple[ScheduledModule, Pace]]:
    return sorted(found, key=lambda pair: pair[0].module.position)


def _by_tutor(cohort: Cohort, months: int, *more: Any) -> Any:
    return paces_by(cohort, months, User.full_name, Review.tutor_id, *more)


def paces_by(cohort: Cohort, months: int, *group: Any) -> Any:
    """Pick from the ranked works of each group the ones that tell.

    The median is the middle work, or the mean of the two in the middle; the ninetieth
    percentile is the nearest rank. Each row has the group, then the numbers of a pace.
    """
    ranked = _ranked(cohort, months, group)
    *names, hours, works, at = ranked.c
    middle = at.in_([(works + 1) // 2, (works + 2) // 2])
    late = at == (works * 9 + 9) // 10
    return db.session.execute(
        sa.select(
            *names,
            works,
            sa.func.avg(sa.case((middle, hours))),
            sa.func.max(sa.case((late, hours))),
        )
        .group_by(*names, works)
        .order_by(*names)
    )


def _ranked(cohort: Cohort, months: int, group: Sequence[Any]) -> sa.Subquery:
    """Number the answered works of each group, the fastest answer first."""
    hours = hours_between(Review.released_at, Attempt.sent_at)
    return (
        sa.select(
            *group,
            hours.label("hours"),
            sa.func.count().over(partition_by=group).label("works"),
            sa.func.row_number().over(partition_by=group, order_by=hours).label("at"),
        )
        .select_from(Review)
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .join(User, User.id == Review.tutor_id)
        .where(Submission.cohort_id == cohort.id, _is_recent(months))
        .subquery()
    )


def _is_recent(months: int) -> sa.ColumnElement[bool]:
    since = since_when(months)
    return Review.released_at >= since if since else sa.true()


def since_when(months: int) -> datetime | None:
    """Return the moment since which answers count; None: since ever."""
    return utcnow() - relativedelta(months=months) if months else None
