"""The days by which numbers and reports are due: of schools and of coordinators.

They belong to a school year and to no cohort, so a calendar of one cohort has none.
"""

import enum
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.core.extensions import db
from lms.core.language import plural, today
from lms.core.periods import HalfYear, SchoolYear
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.monitoring.indicators.asking import REMINDED, answer_of, sent_to
from lms.monitoring.indicators.deadlines import asked_period, due_of
from lms.monitoring.indicators.regions import schools_taking_part
from lms.monitoring.reports.listing import closed_schools
from lms.monitoring.reports.nudges import due_of as report_due_of
from lms.monitoring.reports.nudges import unclosed_reports
from lms.monitoring.reports.permissions import own_schools
from lms.monitoring.reports.scope import key_of
from lms.overview.agenda.wording import how_late
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory
from lms.schools.territories.permissions import coordinated_schools


class DeadlineKind(enum.Enum):
    """What is due. The value is what people read."""

    NUMBERS = "срок показателей"
    REPORT = "срок отчёта"


@dataclass(frozen=True)
class Deadline:
    """A line of a calendar that belongs to no cohort."""

    kind: DeadlineKind
    day: date
    title: str
    # What names it among those of the same day, for programs that read calendars.
    uid: str
    # The page on which it is done.
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    # What became of it, in words.
    state: str = ""
    is_done: bool = False
    cohort: None = None

    @property
    def days_left(self) -> int:
        return (self.day - today()).days

    @property
    def is_pending(self) -> bool:
        return not self.is_done

    @property
    def is_late(self) -> bool:
        return self.is_pending and self.day < today()

    @property
    def colour(self) -> str:
        return "pine" if self.is_done else "sun"

    @property
    def order(self) -> tuple[date, int, float, str]:
        """After everything that a cohort has on the same day."""
        return self.day, 9, 0, self.title

    @property
    def text(self) -> str:
        """What it is found by."""
        return f"{self.title} {self.kind.value}"


def is_near(ahead: Collection[int]) -> bool:
    """Tell whether something may be due in so many days, before asking of anybody."""
    year = SchoolYear.of(today())
    days = [*map(due_of, year.halves), report_due_of(year)]
    return any((day - today()).days in ahead for day in days)


def deadlines_of(user: User) -> list[Deadline]:
    """Return what is due of a person in this school year, the first day first."""
    year = SchoolYear.of(today())
    found = [*_of_schools(user, year)]
    if can_coordinate(user):
        found += _of_coordinator(user, year)
    return sorted(found, key=lambda deadline: deadline.order)


def _of_coordinator(user: User, year: SchoolYear) -> Iterator[Deadline]:
    for half in year.halves:
        sent = sent_to(user, half)
        if sent is None:
            continue
        came = sent.schools - sent.silent
        state = f"прислали {came} из {sent.schools}" if sent.silent else "прислали все"
        yield Deadline(
            DeadlineKind.NUMBERS,
            due_of(half),
            f"Показатели школ за {half.label}",
            f"numbers-{half.starts_on}",
            "indicators.index",
            _asked(half),
            state if half <= asked_period() else "",
            is_done=not sent.silent,
        )
    if not _has_schools(user, year):
        return
    open_ones = unclosed_reports(user, year)
    yield Deadline(
        DeadlineKind.REPORT,
        report_due_of(year),
        f"Годовой отчёт за {year.label}",
        f"report-{year.starts_on}",
        "reports.index",
        {"year": key_of(year)},
        _open_in_words(open_ones, year) if open_ones else "закрыт",
        is_done=not open_ones,
    )


def _of_schools(user: User, year: SchoolYear) -> Iterator[Deadline]:
    """Return what a person owes for schools of which they answer; mostly for one."""
    part = School.id.in_(schools_taking_part(year))
    own = own_schools(user).where(part).order_by(School.id)
    schools = db.session.scalars(own).all()
    closed = closed_schools(schools, year) if schools else set()
    for school in schools:
        name = f": {school.label}" if schools[1:] else ""
        yield from _numbers_of_school(school, year, name)
        is_closed = school.id in closed
        yield Deadline(
            DeadlineKind.REPORT,
            report_due_of(year),
            f"Годовой отчёт школы за {year.label}{name}",
            f"report-{year.starts_on}-school-{school.id}",
            "reports.report",
            {"school_id": school.id, "year": key_of(year)},
            "закрыт" if is_closed else _left_until(report_due_of(year)),
            is_done=is_closed,
        )


def _numbers_of_school(
    school: School, year: SchoolYear, name: str
) -> Iterator[Deadline]:
    for half in year.halves:
        answer = answer_of(school, half)
        if answer is None:
            continue
        state = "присланы"
        if answer.missing:
            state = _left_until(answer.due_on) if half <= asked_period() else ""
        elif answer.questions:
            state = "вернули с вопросом"
        yield Deadline(
            DeadlineKind.NUMBERS,
            answer.due_on,
            f"Показатели школы за {half.label}{name}",
            f"numbers-{half.starts_on}-school-{school.id}",
            "indicators.school",
            {"school_id": school.id} | _asked(half),
            state,
            is_done=not (answer.missing or answer.questions),
        )


def _asked(half: HalfYear) -> dict[str, Any]:
    """Name a half-year in an address; a later one than is asked has no page yet."""
    return {"period": half.starts_on} if half <= asked_period() else {}


def _open_in_words(open_ones: Sequence[Territory], year: SchoolYear) -> str:
    """«не закрыт: Бердск», «не закрыт у 3 территорий»; nothing long before its day."""
    if report_due_of(year) - today() > REMINDED:
        return ""
    if len(open_ones) == 1:
        return f"не закрыт: {open_ones[0].name}"
    count = plural(len(open_ones), "территории", "территорий", "территорий")
    return f"не закрыт у {count}"


def _left_until(day: date) -> str:
    """«осталось 5 дней»; nothing long before."""
    if day - today() > REMINDED:
        return ""
    return how_late((day - today()).days)


def _has_schools(user: User, year: SchoolYear) -> bool:
    taking_part = coordinated_schools(user).intersect(schools_taking_part(year))
    return db.session.scalar(taking_part.limit(1)) is not None
