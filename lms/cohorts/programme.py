"""What cohorts take from the course: its calendars and its modules."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.cohorts.models import CalendarRow, Cohort
from lms.extensions import db
from lms.modules.course import Course
from lms.modules.models import CourseEdition, Module, Revision


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


def current_course() -> Course | None:
    """Return the newest edition of the course, or None before the first import."""
    newest = sa.select(CourseEdition).order_by(CourseEdition.id.desc()).limit(1)
    edition = db.session.scalar(newest)
    return Course.model_validate(edition.content) if edition else None


def course_modules() -> list[CourseModule]:
    """Return every module of the course in its order; one statement."""
    newest = (
        sa.select(sa.func.max(Revision.id))
        .where(Revision.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    shown = sa.func.coalesce(Module.current_revision_id, newest)
    rows = db.session.execute(
        sa.select(Module, Revision)
        .outerjoin(Revision, Revision.id == shown)
        .order_by(Module.position)
    )
    return [CourseModule(module, revision) for module, revision in rows]


def calendar_of(cohort: Cohort) -> list[tuple[CourseModule, CalendarRow]]:
    """Return the modules of a cohort with their days."""
    rows = {row.module_id: row for row in cohort.rows}
    return [
        (module, rows[module.module.id])
        for module in course_modules()
        if module.module.id in rows
    ]
