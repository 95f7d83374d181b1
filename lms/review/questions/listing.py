"""Questions put under the headings of the lesson as it is read now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from babel.numbers import format_decimal
from jinja2.utils import urlize
from markupsafe import Markup
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.core.language import RU
from lms.course.modules.contents import KEPT_REVISIONS, Named
from lms.course.modules.models import Module, ReadMark, Revision
from lms.course.modules.outlines import ModuleOutline
from lms.identity.accounts.models import User
from lms.review.questions.models import Answer, Question, Shared
from lms.review.questions.permissions import visible_questions
from lms.review.questions.places import Place, place_now, places_of
from lms.schools.teams.models import Team

# So many of the newest general answers stand below a lesson.
MOST_SHARED = 100

Item = TypeVar("Item")


@dataclass(frozen=True)
class Chapter(Generic[Item]):
    """A heading of the lesson with what belongs to it; None: it is there no more."""

    place: Place | None
    items: Sequence[Item]


class Known(NamedTuple):
    """A general answer, and the section it was written about."""

    question_id: int
    wording: str
    # Its addresses are links.
    answer: Markup
    anchor: str
    id: int
    content_hash: str


class Interest(NamedTuple):
    """How many questions a heading has got, and how many for ten who have read it."""

    title: str
    asked: int
    per_ten: str


def shared_of(module: ModuleOutline, now: Named) -> Sequence[Chapter[Known]]:
    """Return what all may read below a lesson, by its headings.

    A process reads it once, until somebody shares or corrects an answer.
    """
    if module.shared_at is None:
        return ()
    revision = _Revision(now.id, now.content_hash)
    return _read_shared(module.id, module.shared_at, revision)


@lru_cache(maxsize=KEPT_REVISIONS)
def _read_shared(
    module_id: int, _shared_at: datetime, now: "_Revision"
) -> Sequence[Chapter[Known]]:
    rows = db.session.execute(
        sa.select(Question.id, Shared.wording, Shared.answer, Question.anchor)
        .add_columns(Revision.id, Revision.content_hash)
        .select_from(Shared)
        .join(Question, Question.id == Shared.question_id)
        .join(Revision, Revision.id == Question.revision_id)
        .where(Question.module_id == module_id)
        .order_by(Question.id.desc())
        .limit(MOST_SHARED)
    )
    known = [
        Known(asked_id, wording, _linked(answer), *place)
        for asked_id, wording, answer, *place in rows
    ]
    return _chapters(((place_now(one.anchor, one, now), one) for one in known), now)


def _linked(text: str) -> Markup:
    return Markup(urlize(text, rel="noopener nofollow"))  # noqa: S704


def questions_of(module: Module, user: User) -> list[Chapter[Question]]:
    """Return the questions about a lesson that a person sees, by its headings."""
    now = module.current_revision
    questions = db.session.scalars(
        visible_questions(user)
        .where(Question.module_id == module.id)
        .order_by(Question.id.desc())
        .limit(MOST_SHARED)
        .options(
            selectinload(Question.revision),
            selectinload(Question.author),
            selectinload(Question.team).selectinload(Team.school),
            selectinload(Question.shared),
        )
    )
    return _chapters(
        ((place_now(one.anchor, one.revision, now), one) for one in questions), now
    )


def answered_questions(
    since: datetime, *whose: sa.ColumnElement[bool]
) -> Sequence[Question]:
    """Return some people's questions that were answered since a moment."""
    answered = sa.select(Answer.question_id).where(Answer.written_at >= since)
    return db.session.scalars(
        sa.select(Question)
        .where(Question.id.in_(answered), *whose)
        .order_by(Question.id)
        .options(
            joinedload(Question.module).joinedload(Module.current_revision),
            joinedload(Question.team),
        )
    ).all()


def interest_in(module: Module, user: User) -> list[Interest]:
    """Return the headings with the most questions first; two statements."""
    now = module.current_revision
    asked = (
        visible_questions(user)
        .join(Revision, Revision.id == Question.revision_id)
        .where(Question.module_id == module.id)
        .with_only_columns(
            Question.anchor, Revision.id, Revision.content_hash, sa.func.count()
        )
        .group_by(Question.anchor, Revision.id, Revision.content_hash)
    )
    readers = sa.select(sa.func.count()).where(ReadMark.module_id == module.id)
    read = db.session.scalar(readers) or 0
    counts: dict[str, int] = {}
    for anchor, revision_id, content_hash, count in db.session.execute(asked):
        place = place_now(anchor, _Revision(revision_id, content_hash), now)
        title = place.title if place else "Раньше"
        counts[title] = counts.get(title, 0) + count
    found = [
        Interest(title, count, _decimal(count * 10 / read) if read else "–")
        for title, count in counts.items()
    ]
    return sorted(found, key=lambda one: (-one.asked, one.title))


def _decimal(number: float) -> str:
    return str(format_decimal(round(number, 1), locale=RU))


class _Revision(NamedTuple):
    id: int
    content_hash: str


def _chapters(
    placed: Iterable[tuple[Place | None, Any]], now: Named | None
) -> list[Chapter[Any]]:
    """Put things under their headings, in the order of the lesson; lost ones last."""
    found: dict[str | None, list[Any]] = {}
    for place, item in placed:
        found.setdefault(place and place.anchor, []).append(item)
    places = places_of(now).values() if now else ()
    chapters = [
        Chapter(place, found[place.anchor]) for place in places if place.anchor in found
    ]
    earlier = [Chapter(None, found[None])] if None in found else []
    return [*chapters, *earlier]
