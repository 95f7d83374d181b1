"""`surveys/*.md`: a few scales and one open question after a module."""

from collections.abc import Iterator, MutableMapping
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field

from lms.course.content.inspection import Inspection
from lms.course.content.problems import did_you_mean
from lms.course.content.schema import (
    FrontMatter,
    Key,
    Mistake,
    read_front_matter,
    repeated,
    up_to,
)


class Scale(FrontMatter):
    """A sentence to agree with from 1 to 5, and what both ends mean."""

    key: Key
    text: Annotated[str, up_to(160)]
    low: Annotated[str, up_to(40)]
    high: Annotated[str, up_to(40)]


class SurveyFrontMatter(FrontMatter):
    """What an author says about a survey."""

    title: Annotated[str, up_to(90)]
    after_module: str
    scales: Annotated[list[Scale], Field(min_length=3, max_length=8)]
    open_question: Annotated[str, up_to(200)]


class Survey(SurveyFrontMatter):
    """A survey as it is stored and shown; `html` is what stands above the scales."""

    slug: str
    html: str


def read_survey(
    inspection: Inspection, path: str, surveyed: MutableMapping[str, str | None]
) -> Survey | None:
    """Read one survey; `surveyed` knows the survey of each module, if it has one."""
    source = inspection.source(path)
    if source is None:
        return None
    rules = partial(_mistakes, path, surveyed)
    declared = read_front_matter(SurveyFrontMatter, rules, source, inspection.problems)
    page = inspection.page(source, source.body, source.body_line, headings=False)
    if declared is None:
        return None
    slug = PurePosixPath(path).stem
    return Survey(**declared.model_dump(), slug=slug, html=page.html)


def _mistakes(
    path: str, surveyed: MutableMapping[str, str | None], declared: dict[str, Any]
) -> Iterator[Mistake]:
    """A survey stands after a module that exists and has no other survey."""
    yield from repeated(declared, "scales", "key")
    yield from repeated(declared, "scales", "text")
    slug = declared.get("after_module")
    if not isinstance(slug, str):
        return
    if slug not in surveyed:
        hint = did_you_mean(slug, surveyed)
        yield ("after_module",), f"нет занятия «{slug}». {hint}"
    elif other := surveyed[slug]:
        yield ("after_module",), f"после «{slug}» уже есть {other}: оставьте один опрос"
    else:
        surveyed[slug] = path
