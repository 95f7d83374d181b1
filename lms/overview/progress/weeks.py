"""A cohort week by week: what was accepted, and how fast answers came."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day, midnight, today
from lms.core.sql import weeks_between
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.overview.progress.answers import Pace, pace_of, paces_by, since_when
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.review.reviews.permissions import is_kept_from
from lms.schools.teams.roster import count_teams
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.submissions.models import Attempt, Status, Submission

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """How many works are done by the end of a week, and how many ought to be."""

    starts_on: date
    accepted: int
    so_far: int
    planned: int

    @property
    def is_ahead(self) -> bool:
        return self.starts_on > today()


@dataclass(frozen=True)
class AnswerWeek:
    """How fast the answers of a week came; None: there were none."""

    starts_on: date
    pace: Pace | None


def weeks_of(cohort: Cohort, viewer: User) -> list[Week]:
    """Count the accepted works of a cohort beside its calendar; three statements.

    Works without a due day are in no plan and do not count. Of a work that the viewer
    is to read blind nothing is told.
    """
    columns = [
        column
        for column in schedule_of([cohort])[cohort.id]
        if column.due_on and column.asks_for_work
    ]
    if not columns:
        return []
    first = monday(min(column.opens_on for column in columns))
    done = _accepted(cohort, columns, first, viewer)
    due = _planned(cohort, columns, first)
    now = (monday(today()) - first) // WEEK
    length = max([now, *done, *due]) + 1
    counts = [(done[number], due[number]) for number in range(length)]
    so_far, planned = (list(accumulate(side)) for side in zip(*counts, strict=True))
    return [
        Week(first + number * WEEK, done[number], so_far[number], planned[number])
        for number in range(length)
    ]


def changed_weeks(weeks: list[Week]) -> list[Week]:
    """Leave the first week and those in which something changed."""
    return weeks[:1] + [
        week
        for before, week in pairwise(weeks)
        if (before.so_far, before.planned) != (week.so_far, week.planned)
    ]


def answer_weeks_of(cohort: Cohort, *, months: int) -> list[AnswerWeek]:
    """Return how fast answers came, week by week up to now; one statement."""
    since = since_when(months)
    start = monday(course_day(since) if since else cohort.starts_on)
    week = weeks_between(Review.released_at, midnight(start)).label("week")
    paces = {
        number: pace_of(*facts) for number, *facts in paces_by(cohort, months, week)
    }
    if not paces:
        return []
    last = (monday(today()) - start) // WEEK
    return [
        AnswerWeek(start + number * WEEK, paces.get(number))
        for number in range(min(paces), max([last, *paces]) + 1)
    ]


def monday(day: date) -> date:
    """Return the day on which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def _accepted(
    cohort: Cohort, columns: Iterable[ScheduledModule], first: date, viewer: User
) -> Counter[int]:
    """Count the works that were accepted in each week since the first one."""
    moment = sa.func.coalesce(Reversal.decided_at, Review.released_at)
    week = weeks_between(moment, midnight(first)).label("week")
    counts = db.session.execute(
        sa.select(week, sa.func.count())
        .select_from(Review)
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .where(Submission.cohort_id == cohort.id, ~is_kept_from(viewer))
        .where(Submission.module_id.in_([column.module.id for column in columns]))
        .where(Submission.status == Status.ACCEPTED)
        .where(sa.or_(Review.verdict == Verdict.ACCEPTED, Reversal.review_id > 0))
        .group_by(week)
        .order_by(week)
    )
    found: Counter[int] = Counter()
    for number, count in counts:
        found[max(0, number)] += count
    return found


def _planned(
    cohort: Cohort, columns: Iterable[ScheduledModule], first: date
) -> Counter[int]:
    """Count the works that the calendar asks for by the end of each week."""
    counts, planned = count_teams([cohort])[cohort.id], Counter[int]()
    for column in columns:
        if column.due_on:
            number = (monday(column.due_on) - first) // WEEK
            planned[number] += counts.members if column.is_personal else counts.teams
    return planned
