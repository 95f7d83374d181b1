"""The course as a visitor meets it: its modules and the months they take."""

import re
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.calendar import calendar_rows
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.content.course import Course
from lms.course.modules.models import Module
from lms.course.modules.permissions import OPEN_POSITION

SECTION, FOR_WHOM = re.compile(r"(?=<h2[ >])"), re.compile(r"<h2[^>]*>Для кого<")
# The pace of the source document, shown where no cohort is being gathered.
USUAL_CALENDAR, USUAL_MONTH = "two_years", 10


@dataclass(frozen=True)
class Lesson:
    """One line of the programme: what it is called and when it opens."""

    position: int
    slug: str
    title: str
    summary: str
    opens_on: date | None

    @property
    def is_open(self) -> bool:
        """Tell whether visitors may read it."""
        return self.position == OPEN_POSITION


@dataclass(frozen=True)
class Programme:
    """What stands on the front page under the mark."""

    lessons: list[Lesson]
    calendar_title: str
    cohort: Cohort | None

    @property
    def open_lesson(self) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.is_open), None)

    @property
    def count(self) -> int:
        """Count the lessons; the webinar before them has no number."""
        return sum(lesson.position > 0 for lesson in self.lessons)


def programme_of(course: Course) -> Programme:
    """Lay the modules out by the cohort being gathered, else from next October."""
    cohort = _next_cohort()
    key = cohort.calendar if cohort else USUAL_CALENDAR
    calendar = course.calendars.get(key) or next(iter(course.calendars.values()))
    starts_on = cohort.starts_on if cohort else _next_start()
    rows = calendar_rows(calendar, starts_on, course.breaks)
    opens = {row.slug: row.opens_on for row in rows}
    modules = db.session.scalars(
        sa.select(Module)
        .where(Module.current_revision_id.is_not(None))
        .order_by(Module.position)
        .options(joinedload(Module.current_revision))
    )
    lessons = [
        Lesson(
            position=module.position,
            slug=module.slug,
            title=module.current_revision.title,
            summary=module.current_revision.summary,
            opens_on=opens.get(module.slug),
        )
        for module in modules
        if module.current_revision
    ]
    return Programme(lessons, calendar.title, cohort)


def halves_of(html: str) -> tuple[str, str]:
    """Part the text about the course where the programme stands: behind «Для кого».

    A text that has no such section stands before the programme.
    """
    parts = SECTION.split(html)
    for number, part in enumerate(parts, 1):
        if FOR_WHOM.match(part):
            return "".join(parts[:number]), "".join(parts[number:])
    return html, ""


def _next_cohort() -> Cohort | None:
    return db.session.scalar(
        sa.select(Cohort)
        .where(Cohort.state == CohortState.PLANNED, Cohort.starts_on >= today())
        .order_by(Cohort.starts_on)
        .limit(1)
    )


def _next_start() -> date:
    now = today()
    start = date(now.year, USUAL_MONTH, 1)
    return start if start > now else start.replace(year=now.year + 1)
