"""News in words, each with the place that it is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from lms.core.language import capital
from lms.overview.news.events import Kind
from lms.overview.news.models import Topic
from lms.overview.news.news import News
from lms.work.credits.path import Step


class Line(NamedTuple):
    """One piece of news, as the start page lists it."""

    what: str
    about: str
    words: str
    at: datetime
    is_new: bool
    endpoint: str
    values: dict[str, Any]


def lines_of(news: Iterable[News], steps: Sequence[Step]) -> list[Line]:
    """Put news into words; what belongs to no lesson of the calendar is left out."""
    lines = (_line(one, _step(one, steps)) for one in news)
    return [line for line in lines if line]


def _step(one: News, steps: Sequence[Step]) -> Step | None:
    """Find the lesson that news of a work or of a lesson is about."""
    ids = {
        Topic.WORK: lambda step: step.submission and step.submission.id,
        Topic.LESSON: lambda step: step.module.id,
    }
    found = ids.get(one.topic)
    return next((s for s in steps if found and found(s) == one.thing_id), None)


def _line(one: News, step: Step | None) -> Line | None:
    about, words, endpoint = "", one.words, "holders.mine"
    values: dict[str, Any] = {}
    if one.topic is Topic.MEETING:
        about, words, endpoint = one.words, "", "agenda.index"
    elif one.topic in {Topic.WORK, Topic.LESSON}:
        if step is None:
            return None
        about = step.short_label
        endpoint, values = _place(one, step)
    what = capital(one.kind.value)
    return Line(what, about, words, one.at, one.is_new, endpoint, values)


def _place(one: News, step: Step) -> tuple[str, dict[str, Any]]:
    """Return where a lesson, a work or an answer beside it is read."""
    if one.topic is Topic.LESSON:
        return "modules.read", {"slug": step.slug}
    is_answer = one.kind is Kind.ANSWERED
    place = "threads.thread" if is_answer else "submissions.work"
    return place, {"submission_id": one.thing_id}
