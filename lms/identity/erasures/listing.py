"""What people have asked about their data, and what is left for an admin to do."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.backup.rows import tables
from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.language import today
from lms.identity.erasures.cells import texts_of
from lms.identity.erasures.mentions import is_mentioned, searched_columns, undecided
from lms.identity.erasures.models import Erasure, Mention
from lms.identity.erasures.name_forms import KnownAs, pattern_of
from lms.identity.erasures.wording import FILE_TEXTS, place_of
from lms.identity.requests.models import DataRequest

PAGE, MOST_TEXTS = 50, 50
AROUND = 90


class Row(NamedTuple):
    """One request as the list shows it."""

    request: DataRequest
    erasure: Erasure | None
    # Texts that wait for a decision.
    undecided: int

    @property
    def days_left(self) -> int:
        return (self.request.due_on - today()).days

    @property
    def step(self) -> str:
        """Say what an open request waits for."""
        if self.erasure is None:
            return "сайт собирает копию"
        if self.erasure.erased_at is None:
            return "человек может передумать"
        return "тексты ждут решения" if self.undecided else "сайт ищет имя в текстах"


class Passage(NamedTuple):
    """A name in a text, with what stands around it."""

    before: str
    name: str
    after: str


class Place(NamedTuple):
    """A mention as it is shown: what the text is, and where the name stands in it."""

    mention: Mention
    title: str
    passages: list[Passage]

    @property
    def can_be_removed(self) -> bool:
        """Tell a text of the site from what stands inside a file."""
        return self.mention.table_name != FILE_TEXTS


def open_requests(requests: sa.Select[DataRequest]) -> list[Row]:
    """Return what is not answered, the oldest first."""
    waiting = (
        sa.select(Mention.request_id, sa.func.count().label("texts"))
        .where(Mention.decision.is_(None))
        .group_by(Mention.request_id)
        .subquery()
    )
    query = (
        requests.where(DataRequest.done_at.is_(None))
        .join(DataRequest.user)
        .outerjoin(Erasure, Erasure.request_id == DataRequest.id)
        .outerjoin(waiting, waiting.c.request_id == DataRequest.id)
        .options(contains_eager(DataRequest.user))
        .order_by(DataRequest.due_on, DataRequest.id)
    )
    columns: Any = (Erasure, sa.func.coalesce(waiting.c.texts, 0))
    return [Row(*found) for found in db.session.execute(query.add_columns(*columns))]


def answered_requests(requests: sa.Select[DataRequest]) -> Listing[DataRequest]:
    """Return what was answered, the latest first."""
    done = requests.where(DataRequest.done_at.is_not(None)).join(DataRequest.user)
    shown = done.options(contains_eager(DataRequest.user))
    return Listing(shown, (DataRequest.id,), PAGE, descending=True)


def places_of(erasure: Erasure) -> Sequence[Place]:
    """Return the texts that wait for a decision, with the name marked; some of many."""
    if erasure.known_as is None:
        return []
    known = KnownAs(**erasure.known_as)
    columns = searched_columns(erasure.request.user, known)
    of = {table.name: table for table in tables()}
    some = undecided(erasure.request_id).limit(MOST_TEXTS)
    pattern = pattern_of(known)
    places = []
    for mention in db.session.scalars(some).all():
        table = of[mention.table_name]
        cells = [table.c[name] for name in sorted(columns[table])]
        row = db.session.execute(sa.select(*cells).where(is_mentioned(table, mention)))
        texts = [text for cell in row.one_or_none() or () for text in texts_of(cell)]
        passages = [one for text in texts for one in _passages(text, pattern)]
        places.append(Place(mention, place_of(table.name), passages))
    return places


def _passages(text: str, pattern: re.Pattern[str]) -> Iterator[Passage]:
    for found in pattern.finditer(text):
        first, last = found.span()
        begin, end = max(0, first - AROUND), last + AROUND
        yield Passage(
            "…" * bool(begin) + text[begin:first],
            found[0],
            text[last:end] + "…" * (end < len(text)),
        )


class Waiting(NamedTuple):
    """How many requests are open, and how many of them are late."""

    open: int
    late: int


def count_waiting(requests: sa.Select[DataRequest]) -> Waiting:
    """Count what an admin must not miss."""
    late = sa.func.count().filter(DataRequest.due_on < today())
    counts = requests.where(DataRequest.done_at.is_(None)).with_only_columns(
        sa.func.count(), late
    )
    return Waiting(*db.session.execute(counts).one())
