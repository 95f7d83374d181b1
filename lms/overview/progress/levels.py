"""How the works of a cohort stand by the criteria of each lesson."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa
from babel.numbers import format_decimal

from lms.core.charts import Part, parts_of
from lms.core.extensions import db
from lms.core.language import RU
from lms.core.sql import json_items
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts
from lms.course.modules.contents import Named, content_of
from lms.course.modules.models import Module
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
    def parts(self) -> list[tuple[Part, str, int, int]]:
        """Each level from nothing to all: its part of a bar, tone, points and works."""
        levels = range(self.most + 1)
        parts = parts_of([self.counts[level] for level in levels])
        return [
            (part, tone_of(level, self.most), level, self.counts[level])
            for level, part in zip(levels, parts, strict=True)
        ]


Levels = Mapping[str, CriterionLevels]


@dataclass(frozen=True)
class LessonLevels:
    """A lesson and how works stand by its criteria."""

    column: ScheduledModule
    levels: Levels

    @property
    def works(self) -> int:
        return max(criterion.works for criterion in self.levels.values())

    @property
    def criteria(self) -> list[CriterionLevels]:
        return in_order(self.levels, self.column.revision)


def levels_of(cohort: Cohort, viewer: User) -> list[LessonLevels]:
    """Return the lessons of a cohort that were judged; two statements."""
    found = levels_by_lesson(Submission.cohort_id == cohort.id, viewer)
    return [
        LessonLevels(column, found[column.module.id])
        for column in schedule_of([cohort])[cohort.id]
        if column.module.id in found
    ]


def levels_of_module(module: Module, viewer: User) -> list[CriterionLevels]:
    """Return how works on a lesson stand in all cohorts of a viewer; one statement."""
    cohorts = run_cohorts(viewer).with_only_columns(Cohort.id)
    works = sa.and_(
        Submission.module_id == module.id, Submission.cohort_id.in_(cohorts)
    )
    found = levels_by_lesson(works, viewer).get(module.id, {})
    return in_order(found, module.current_revision)


def levels_by_lesson(
    works: sa.ColumnElement[bool], viewer: User
) -> dict[int, dict[str, CriterionLevels]]:
    """Count works by their points, for each lesson and each key of its criteria.

    The last review of each work counts. Of a work that the viewer is to read blind
    nothing is told.
    """
    found: dict[int, dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for module_id, key, *facts in db.session.execute(_counts(works, viewer)):
        found[module_id][key].append(_Row(*facts))
    return {
        module_id: {key: _criterion(rows) for key, rows in by_key.items()}
        for module_id, by_key in found.items()
    }


def in_order(levels: Levels, revision: Named | None) -> list[CriterionLevels]:
    """Put criteria in the order of a lesson; what it has no more stands last."""
    assignment = content_of(revision).assignment if revision else None
    rubric = [one.key for one in assignment.rubric] if assignment else []
    gone = [key for key in levels if key not in rubric]
    return [levels[key] for key in rubric + gone if key in levels]


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


def _counts(works: sa.ColumnElement[bool], viewer: User) -> sa.Select[Any]:
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
        .where(works, ~is_kept_from(viewer))
        .where(Review.id.in_(_last_reviews(works)))
        .group_by(*group)
        .order_by(*group)
    )


def _last_reviews(works: sa.ColumnElement[bool]) -> sa.Select[int]:
    """Return the last review of each work."""
    return (
        sa.select(sa.func.max(Review.id))
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .where(works)
        .group_by(Submission.id)
    )
