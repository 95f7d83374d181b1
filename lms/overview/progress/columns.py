"""The columns of the matrix: the modules that ask for a work."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.programme import numbered
from lms.course.cohorts.rule import frozen_rule
from lms.course.modules.models import Module
from lms.overview.agenda.entries import asks_for_work


@dataclass(frozen=True)
class Column:
    """A module that asks for a work, with its days."""

    module: Module
    opens_on: date
    due_on: date | None
    is_required: bool

    @property
    def number(self) -> str:
        """What stands for the module where there is no room for its title."""
        return str(self.module.position or "В")

    @property
    def title(self) -> str:
        revision = self.module.current_revision
        position = self.module.position
        if revision is None:
            return f"Занятие {position}" if position else "Введение"
        return numbered(position, revision.short_title)

    @property
    def is_personal(self) -> bool:
        revision = self.module.current_revision
        return revision is not None and revision.assignment_by == "person"

    @property
    def is_open(self) -> bool:
        return self.module.is_live and self.opens_on <= today()


def columns_of(cohorts: Sequence[Cohort]) -> dict[int, list[Column]]:
    """Return the columns of each cohort in the order of the course; one statement."""
    required = {cohort.id: _required_modules(cohort) for cohort in cohorts}
    columns = defaultdict(list)
    for row in db.session.scalars(
        sa.select(CalendarRow)
        .where(CalendarRow.cohort_id.in_(required))
        .join(CalendarRow.module)
        .order_by(Module.position)
        .options(contains_eager(CalendarRow.module).joinedload(Module.current_revision))
    ):
        if asks_for_work(row.module):
            is_required = row.module_id in required[row.cohort_id]
            column = Column(row.module, row.opens_on, row.due_on, is_required)
            columns[row.cohort_id].append(column)
    return columns


def _required_modules(cohort: Cohort) -> set[int]:
    rule = frozen_rule(cohort)
    return {module.module_id for module in rule.required} if rule else set()
