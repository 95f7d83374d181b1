"""How the works of a cohort stand by the criteria of each lesson."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from babel.numbers import format_decimal

from lms.core.charts import Bar, beside
from lms.core.database import json_items
from lms.core.extensions import db
from lms.core.language import RU
from lms.course.cohorts.models import Cohort
from lms.course.modules.contents import content_of
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review
from lms.review.reviews.permissions import is_kept_from
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.submissions.models import Attempt, Submission


@dataclass(frozen=True)
class CriterionLevels:
    """How many works have got how many points by one criterion."""

    title: str
    most: int
    counts: Counter[int]

    @property
    def works(self) -> int:
        return self.counts.total()

    @property
    def average(self) -> str:
        points = sum(level * count for level, count in self.counts.items())
        return format_decimal(round(points / self.works, 1), locale=RU)

    @property
    def parts(self) -> list[tuple[Bar, str, int, int]]:
        """Each level from nothing to all: its part of a bar, tone, points and works."""
        levels = range(self.most + 1)
        bars = beside([self.counts[level] for level in levels])
        return [
            (bar, tone_of(level, self.most), level, self.counts[level])
            for level, bar in zip(levels, bars, strict=True)
        ]


@dataclass(frozen=True)
class LessonLevels:
    """The criteria of a lesson, by their keys."""

    column: ScheduledModule
    by_key: dict[str, CriterionLevels]

    @property
    def criteria(self) -> list[CriterionLevels]:
        """The criteria in the order of the lesson; what it has no more stands last."""
        revision = self.column.revision
        assignment = content_of(revision).assignment if revision else None
        rubric = (
            [criterion.key for criterion in assignment.rubric] if assignment else []
        )
        gone = [key for key in self.by_key if key not in rubric]
        return [self.by_key[key] for key in rubric + gone if key in self.by_key]

    @property
    def works(self) -> int:
        return max(criterion.works for criterion in self.by_key.values())

    @property
    def most(self) -> int:
        return max(criterion.most for criterion in self.by_key.values())


def levels_of(cohort: Cohort, viewer: User) -> list[LessonLevels]:
    """Return the lessons of a cohort that were judged; two statements.

    The last review of each work counts. Of a work that the viewer is to read blind
    nothing is told.
    """
    found: dict[int, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for module_id, key, *facts in db.session.execute(_counts(cohort, viewer)):
        found[module_id][key].append(_Row(*facts))
    return [
        LessonLevels(
            column,
            {key: _criterion(rows) for key, rows in found[column.module.id].items()},
        )
        for column in schedule_of([cohort])[cohort.id]
        if column.module.id in found
    ]


def tone_of(level: int, most: int) -> str:
    """Return how good a level is, whatever the number of levels: one of four words."""
    if level == 0:
        return "none"
    if level == most:
        return "full"
    return "some" if 2 * level <= most else "more"


class _Row(NamedTuple):
    """So many works have so many points, by a criterion as it was called then."""

    title: str
    most: int
    points: int
    works: int
    last_review: int


def _criterion(rows: Sequence[_Row]) -> CriterionLevels:
    """Add up the works of a criterion, which is called what it was called last."""
    counts: Counter[int] = Counter()
    for row in rows:
        counts[row.points] += row.works
    latest = max(rows, key=lambda row: row.last_review)
    return CriterionLevels(latest.title, max(latest.most, *counts), counts)


def _counts(cohort: Cohort, viewer: User) -> sa.Select[Any]:
    item = json_items(Review.levels).table_valued(sa.column("value", sa.JSON))
    level: Any = item.c.value
    key, title = (level[name].as_string() for name in ("key", "title"))
    most, points = (level[name].as_integer() for name in ("max_points", "points"))
    group = Submission.module_id, key, title, most, points
    return (
        sa.select(*group, sa.func.count(), sa.func.max(Review.id))
        .select_from(Review)
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .join(item, sa.true())
        .where(Submission.cohort_id == cohort.id, ~is_kept_from(viewer))
        .where(Review.id.in_(_last_reviews(cohort)))
        .group_by(*group)
        .order_by(*group)
    )


def _last_reviews(cohort: Cohort) -> sa.Select[int]:
    """Return the last review of each work."""
    return (
        sa.select(sa.func.max(Review.id))
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .where(Submission.cohort_id == cohort.id)
        .group_by(Submission.id)
    )
