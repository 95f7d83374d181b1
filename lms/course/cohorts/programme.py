"""What cohorts take from the course: its calendars and its modules."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.modules.models import Module, Revision
from lms.course.modules.outlines import ModuleOutline
from lms.course.modules.services import current_course


@dataclass(frozen=True)
class CourseModule:
    """A module with what it holds today: its live revision, else the newest one."""

    module: Module
    revision: Revision | None

    @property
    def slug(self) -> str:
        return self.module.slug

    @property
    def title(self) -> str:
        return self.revision.title if self.revision else f"«{self.slug}»"

    @property
    def label(self) -> str:
        return numbered(self.module.position, self.title)


def numbered(position: int, title: str) -> str:
    """«4. Наставничество»; what stands before the first module has no number."""
    return f"{position}. {title}" if position else title


def lesson_title(module: Module | ModuleOutline) -> str:
    """«4. Наставничество», or its place in the course while nobody has written it."""
    if module.current_revision:
        return numbered(module.position, module.current_revision.title)
    return f"Занятие {module.position}" if module.position else "Вводное занятие"


def pace_of(cohort: Cohort) -> str:
    """Return the name of the calendar that a cohort was planned by."""
    course = current_course()
    calendar = course.calendars.get(cohort.calendar) if course else None
    return calendar.title if calendar else "Свой календарь"


def course_modules() -> list[CourseModule]:
    """Return every module of the course in its order; one statement."""
    rows = db.session.execute(_with_shown(sa.select(Module, Revision)))
    return [CourseModule(module, revision) for module, revision in rows]


def module_labels() -> list[tuple[int, str]]:
    """Return the ids and names of the same modules, for a choice; one statement."""
    names = sa.select(Module.id, Module.position, Module.slug, Revision.title)
    return [
        (module_id, numbered(position, title or f"«{slug}»"))
        for module_id, position, slug, title in db.session.execute(_with_shown(names))
    ]


def _with_shown(modules: Any) -> Any:
    """Join modules with what they hold today: the live revision, else the newest."""
    newest = (
        sa.select(sa.func.max(Revision.id))
        .where(Revision.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    shown = sa.func.coalesce(Module.current_revision_id, newest)
    return modules.outerjoin(Revision, Revision.id == shown).order_by(Module.position)


def calendar_of(cohort: Cohort) -> list[tuple[CourseModule, CalendarRow]]:
    """Return the modules of a cohort with their days."""
    rows = {row.module_id: row for row in cohort.rows}
    return [
        (module, rows[module.module.id])
        for module in course_modules()
        if module.module.id in rows
    ]
