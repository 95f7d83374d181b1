"""News for a page: how many there are, and that some of them were opened just now."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from flask import Response, after_this_request, g, request
from flask_login import current_user

from lms.core.database import utcnow
from lms.core.freshness import page_rendered_anew
from lms.overview.news.models import Topic
from lms.overview.news.news import Header, News, Thing, find_new, news_of
from lms.overview.news.services import mark_opened, mark_seen
from lms.schools.teams.loading import my_header, my_membership


def new_things() -> tuple[Thing, ...]:
    """Return the things with news; asked only where there may be some."""
    if "new_things" not in g:
        is_behind = my_header().is_behind
        g.new_things = find_new(current_user) if is_behind else ()
    things: tuple[Thing, ...] = g.new_things
    return things


def my_news() -> list[News]:
    """Return what is new on the start page; once shown, it is new no more."""
    membership = my_membership()
    if membership is None:
        return []
    news = news_of(current_user)
    g.new_things = ()
    if my_header().is_behind:
        _afterwards(partial(mark_seen, membership.id, news))
    return news


def note_opened(topic: Topic, thing_id: int | None = None) -> None:
    """Say that a person has a thing before them, or a page with all of a topic.

    Only what had news is written down.
    """
    things = new_things()
    seen = {one for one in things if one[0] is topic and thing_id in (None, one[1])}
    if seen:
        _afterwards(partial(mark_opened, current_user.id, seen, at=utcnow()))
    g.new_things = tuple(one for one in things if one not in seen)


@page_rendered_anew.connect
def stamp_news(_sender: object) -> Header | None:
    """Let no browser keep a page with a former number in its header."""
    return my_header() if current_user.is_authenticated else None


def _afterwards(write: Callable[[], None]) -> None:
    """Write when the page is ready: it was made without a word from the writer.

    What a browser fetched for later, or a page that failed, nobody has seen.
    """
    purpose = request.headers.get("Sec-Purpose", "")
    if request.method != "GET" or purpose.startswith("prefetch"):
        return

    @after_this_request
    def write_now(response: Response) -> Response:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            write()
        return response
