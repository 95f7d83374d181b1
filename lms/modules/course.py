"""`course.md` and `consent.md`: the course as a whole and what people agree to."""

from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic import Field as Limits

from lms.modules.frontmatter import Path, Source
from lms.modules.inspection import Inspection
from lms.modules.matter import Matter, broken_rule, read_matter, up_to
from lms.modules.problems import did_you_mean

_Period = Annotated[int, Limits(ge=1, le=120)]


class Completion(Matter):
    """What it takes to finish, besides accepted assignments."""

    quiz_percent: Annotated[int, Limits(ge=0, le=100)]


class Row(Matter):
    """When a module opens and is due, in periods from the start of a cohort."""

    module: str
    opens: _Period
    due: _Period | None = None


def _check_rows(rows: list[Row]) -> list[Row]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row.module in seen:
            raise broken_rule(
                f"модуль «{row.module}» уже есть выше: уберите повтор", number, "module"
            )
        if row.due is not None and row.due < row.opens:
            raise broken_rule(
                f"срок {row.due} раньше открытия {row.opens}: исправьте due",
                number,
                "due",
            )
        seen.add(row.module)
    return rows


class Calendar(Matter):
    """One pace of the course."""

    title: Annotated[str, up_to(90)]
    unit: Literal["week", "month"]
    rows: Annotated[list[Row], Limits(min_length=1), AfterValidator(_check_rows)]


class CourseMatter(Matter):
    """What is true of the whole course."""

    title: Annotated[str, up_to(120)]
    summary: Annotated[str, up_to(400)]
    hours: Annotated[int, Limits(ge=1, le=1000)]
    signer: Annotated[str, up_to(120)]
    completion: Completion
    calendars: Annotated[dict[str, Calendar], Limits(min_length=1)]


class Course(CourseMatter):
    """The course as it is shown on the front page."""

    html: str


class ConsentMatter(Matter):
    """Which text of the consent this is."""

    version: Annotated[
        str, BeforeValidator(lambda v: str(v) if type(v) is int else v), up_to(40)
    ]
    title: Annotated[str, up_to(160)]


class Consent(ConsentMatter):
    """The text that people accept."""

    html: str


def read_course(inspection: Inspection, slugs: Collection[str]) -> Course | None:
    """Read `course.md`; its calendars may only name modules that exist."""
    source = inspection.source("course.md")
    if source is None:
        return None
    matter = read_matter(CourseMatter, source, inspection.problems)
    page = _page(inspection, source)
    if matter is None:
        return None
    for place, message in _unknown_modules(matter, slugs):
        inspection.problems.error(source.path, source.line_of(place), message)
    for key, calendar in matter.calendars.items():
        for slug in sorted(set(slugs) - {row.module for row in calendar.rows}):
            line = source.line_of(("calendars", key))
            message = f"в календаре «{key}» нет модуля «{slug}»: он не откроется"
            inspection.problems.warning(source.path, line, message)
    return Course(**matter.model_dump(), html=page)


def read_consent(inspection: Inspection) -> Consent | None:
    """Read `consent.md`."""
    source = inspection.source("consent.md")
    if source is None:
        return None
    matter = read_matter(ConsentMatter, source, inspection.problems)
    page = _page(inspection, source)
    return None if matter is None else Consent(**matter.model_dump(), html=page)


def _page(inspection: Inspection, source: Source) -> str:
    if not source.body.strip():
        inspection.problems.error(
            source.path, source.body_line, "нет текста: напишите его под ключами"
        )
    return inspection.page(source, source.body, source.body_line).html


def _unknown_modules(
    matter: CourseMatter, slugs: Collection[str]
) -> Iterator[tuple[Path, str]]:
    for key, calendar in matter.calendars.items():
        for number, row in enumerate(calendar.rows):
            if row.module not in slugs:
                yield (
                    ("calendars", key, "rows", number, "module"),
                    f"нет модуля «{row.module}». {did_you_mean(row.module, slugs)}",
                )
