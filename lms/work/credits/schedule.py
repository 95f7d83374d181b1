"""What a cohort is to do and when: its calendar beside the rule that it froze."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.programme import lesson_title, numbered
from lms.course.cohorts.rule import frozen_rule
from lms.course.modules.models import Module, Revision
from lms.course.modules.outlines import (
    IS_CURRENT,
    OUTLINE,
    ModuleOutline,
    RevisionOutline,
    split_outline,
)


@dataclass(frozen=True)
class ScheduledModule:
    """A module with its days."""

    module: ModuleOutline
    opens_on: date
    due_on: date | None = None
    # None: whoever reads without a team has no cohort.
    cohort: Cohort | None = None
    # By the rule that the cohort froze; what it does not ask for may be left out.
    is_required: bool = False

    @property
    def slug(self) -> str:
        return self.module.slug

    @property
    def position(self) -> int:
        return self.module.position

    @property
    def revision(self) -> RevisionOutline | None:
        return self.module.current_revision

    @property
    def title(self) -> str:
        return self.revision.title if self.revision else self.label

    @property
    def short_title(self) -> str:
        return self.revision.short_title if self.revision else self.label

    @property
    def label(self) -> str:
        """«4. Наставничество. Практики»."""
        return lesson_title(self.module)

    @property
    def short_label(self) -> str:
        """«4. Наставничество», where there is little room."""
        title = self.revision and self.revision.short_title
        return numbered(self.position, title) if title else self.label

    @property
    def number(self) -> str:
        """What stands for the module where there is no room for its title."""
        return str(self.position or "В")

    @property
    def asks_for_work(self) -> bool:
        """Tell whether a due day means anything; an unwritten lesson may ask yet."""
        return self.revision is None or bool(self.revision.assignment_title)

    @property
    def is_personal(self) -> bool:
        return self.revision is not None and self.revision.assignment_by == "person"

    @cached_property
    def is_ahead(self) -> bool:
        """Tell whether the lesson is promised for later, with or without a text."""
        is_planned = self.cohort is not None and self.cohort.is_planned
        return is_planned or self.opens_on > today()

    @cached_property
    def is_open(self) -> bool:
        """Tell whether the lesson can be read, whatever became of its work."""
        return self.module.is_live and not self.is_ahead


def schedule_of(cohorts: Iterable[Cohort]) -> dict[int, list[ScheduledModule]]:
    """Return the modules of each cohort in the order of the course; one statement."""
    by_id = {cohort.id: cohort for cohort in cohorts}
    required = {cohort.id: _required_modules(cohort) for cohort in by_id.values()}
    schedule: dict[int, list[ScheduledModule]] = {cohort_id: [] for cohort_id in by_id}
    for row in db.session.execute(
        sa.select(
            *OUTLINE, CalendarRow.cohort_id, CalendarRow.opens_on, CalendarRow.due_on
        )
        .join(CalendarRow.module)
        .outerjoin(Revision, IS_CURRENT)
        .where(CalendarRow.cohort_id.in_(by_id))
        .order_by(Module.position)
    ):
        module, (cohort_id, opens_on, due_on) = split_outline(row)
        schedule[cohort_id].append(
            ScheduledModule(
                module,
                opens_on,
                due_on,
                by_id[cohort_id],
                is_required=module.id in required[cohort_id],
            )
        )
    return schedule


def _required_modules(cohort: Cohort) -> set[int]:
    rule = frozen_rule(cohort)
    return {module.module_id for module in rule.required} if rule else set()
