"""`course.md` and `consent.md`: the course as a whole and what people agree to."""

from collections.abc import Collection, Iterator
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict
from pydantic import Field as Limits

from lms.course.content.frontmatter import Source
from lms.course.content.holidays import Break, holiday_mistakes, read_break
from lms.course.content.inspection import Inspection
from lms.course.content.problems import did_you_mean
from lms.course.content.schema import (
    FrontMatter,
    Mistake,
    no_rules,
    read_front_matter,
    repeated,
    things,
    up_to,
    whole,
)

_Period = Annotated[int, Limits(ge=1, le=120)]
# How long may be what a certificate prints in a line, what stands elsewhere, an e-mail
# address, the text on joining.
NAME, LINE, EMAIL, JOIN = 120, 200, 254, 2000
MOST_HOURS = 1000
_Name = Annotated[str, up_to(NAME)]
_Line = Annotated[str, up_to(LINE)]


class Webinar(FrontMatter):
    """For how much of a webinar one has to be there, and what may stand for it."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    attendance: Annotated[int, Limits(ge=1, le=100)]
    instead: Annotated[Literal["recording"] | None, Limits(alias="or")] = None


class Completion(FrontMatter):
    """What it takes to finish, besides accepted assignments."""

    quiz_percent: Annotated[int, Limits(ge=0, le=100)]
    # By the module to which the webinar belongs.
    webinars: dict[str, Webinar] = Limits(default_factory=dict)


class Row(FrontMatter):
    """When a module opens and is due, in periods from the start of a cohort."""

    module: str
    opens: _Period
    due: _Period | None = None


class Calendar(FrontMatter):
    """One pace of the course."""

    title: Annotated[str, up_to(90)]
    unit: Literal["week", "month"]
    rows: Annotated[list[Row], Limits(min_length=1)]


class Organiser(FrontMatter):
    """Whom people write to or call."""

    name: _Line
    email: Annotated[str, up_to(EMAIL)]
    phone: _Line | None = None
    hours: _Line | None = None


class Operator(FrontMatter):
    """Who answers for personal data; the consent names it."""

    name: _Line
    address: _Line
    contact: _Line


class CourseFrontMatter(FrontMatter):
    """What is true of the whole course."""

    title: _Name
    summary: Annotated[str, up_to(400)]
    hours: Annotated[int, Limits(ge=1, le=MOST_HOURS)]
    signer: _Name
    signer_position: _Name | None = None
    issuer: _Line | None = None
    organiser: Organiser | None = None
    operator: Operator | None = None
    # Markdown of the front page: how a school comes to the course.
    join: Annotated[str, up_to(JOIN)] | None = None
    # Whoever writes here about the organiser and the signer takes this key away.
    sample: bool = False
    completion: Completion
    calendars: Annotated[dict[str, Calendar], Limits(min_length=1)]
    holidays: list[str] = Limits(default_factory=list)


class Course(CourseFrontMatter):
    """The course as it is shown on the front page."""

    html: str
    join_html: str = ""

    @property
    def breaks(self) -> list[Break]:
        """The holidays, as days can be compared with them."""
        return [read_break(text) for text in self.holidays]


class ConsentFrontMatter(FrontMatter):
    """Which text of the consent this is."""

    # Room is left for the number of the text that names an operator.
    version: Annotated[
        str, BeforeValidator(lambda v: str(v) if type(v) is int else v), up_to(30)
    ]
    title: Annotated[str, up_to(160)]


class Consent(ConsentFrontMatter):
    """The text that people accept."""

    html: str


def read_course(inspection: Inspection, slugs: Collection[str]) -> Course | None:
    """Read `course.md`; its calendars may only name modules that exist."""
    source = inspection.source("course.md")
    if source is None:
        return None
    rules = partial(_mistakes, slugs)
    declared = read_front_matter(CourseFrontMatter, rules, source, inspection.problems)
    page = _page(inspection, source)
    if declared is None:
        return None
    for key, calendar in declared.calendars.items():
        for slug in sorted(set(slugs) - {row.module for row in calendar.rows}):
            line = source.line_of(("calendars", key))
            message = f"в календаре «{key}» нет занятия «{slug}»: оно не откроется"
            inspection.problems.warning(source.path, line, message)
    if declared.organiser is None:
        message = "нет ключа «organiser»: людям некому писать, назовите организатора"
        inspection.problems.warning(source.path, 1, message)
    join = inspection.answer(source, declared.join or "", source.line_of(("join",)))
    return Course(**declared.model_dump(), html=page, join_html=join)


def read_consent(inspection: Inspection) -> Consent | None:
    """Read `consent.md`."""
    source = inspection.source("consent.md")
    if source is None:
        return None
    declared = read_front_matter(
        ConsentFrontMatter, no_rules, source, inspection.problems
    )
    page = _page(inspection, source)
    return None if declared is None else Consent(**declared.model_dump(), html=page)


def _page(inspection: Inspection, source: Source) -> str:
    if not source.body.strip():
        inspection.problems.error(
            source.path, source.body_line, "нет текста: напишите его под ключами"
        )
    return inspection.page(source, source.body, source.body_line).html


def _mistakes(slugs: Collection[str], declared: dict[str, Any]) -> Iterator[Mistake]:
    yield from _no_address(declared.get("organiser"))
    yield from _webinar_mistakes(slugs, declared.get("completion"))
    yield from _calendar_mistakes(slugs, declared)


def _webinar_mistakes(slugs: Collection[str], completion: Any) -> Iterator[Mistake]:
    """A webinar that counts belongs to a module."""
    webinars = completion.get("webinars") if isinstance(completion, dict) else None
    for slug in webinars if isinstance(webinars, dict) else ():
        if slug not in slugs:
            hint = did_you_mean(slug, slugs)
            yield ("completion", "webinars", slug), f"нет занятия «{slug}». {hint}"


def _no_address(organiser: Any) -> Iterator[Mistake]:
    """Find an e-mail address to which no letter can go."""
    from email_validator import EmailNotValidError, validate_email

    email = organiser.get("email") if isinstance(organiser, dict) else None
    if isinstance(email, str) and email:
        try:
            validate_email(email, check_deliverability=False)
        except EmailNotValidError:
            wrong = f"«{email[:40]}» — не адрес почты, нужен вроде kurs@school.ru"
            yield ("organiser", "email"), wrong


def _calendar_mistakes(
    slugs: Collection[str], declared: dict[str, Any]
) -> Iterator[Mistake]:
    """Each row of a calendar names one module, and a module stands in one row."""
    yield from holiday_mistakes(declared)
    calendars = declared.get("calendars")
    for key, calendar in calendars.items() if isinstance(calendars, dict) else []:
        for (_, *inside), message in repeated(calendar, "rows", "module"):
            yield ("calendars", key, "rows", *inside), message
        for number, row in things(calendar, "rows"):
            place = ("calendars", key, "rows", number)
            slug, opens, due = row.get("module"), row.get("opens"), row.get("due")
            if isinstance(slug, str) and slug not in slugs:
                hint = did_you_mean(slug, slugs)
                yield (*place, "module"), f"нет занятия «{slug}». {hint}"
            if (whole(due) or 0) < (whole(opens) or 0) and due is not None:
                yield (*place, "due"), f"срок {due} раньше открытия {opens}"
