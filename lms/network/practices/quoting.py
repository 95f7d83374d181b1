"""Whose words a card quotes: every person who ever wrote in the quoted field."""

from collections.abc import Mapping

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.search import fold
from lms.network.practices.models import Part, Practice
from lms.text.stems import WORD
from lms.work.drafts.models import DraftField, FieldVersion
from lms.work.submissions.models import Attempt

# So many words in a row are a quotation, wherever in the card they stand.
IN_A_ROW = 5


def authors_of_parts(practice: Practice) -> dict[Part, frozenset[int]]:
    """Return whom each field of the card quotes, as its text is now."""
    attempt = practice.attempt
    authors = authors_of_fields(attempt)
    return {
        part: frozenset().union(
            *(
                authors[field["key"]]
                for field in attempt.fields
                if quotes(practice.text_of(part), field["text"])
            )
        )
        for part in Part
    }


def authors_of_fields(attempt: Attempt) -> Mapping[str, frozenset[int]]:
    """Return who wrote each field of a work, whether still in the team or not.

    The draft keeps its history of each field; who sent the work answers for a field
    of which nothing is left.
    """
    work_id = attempt.submission_id
    known = sa.union(
        *(
            sa.select(kept.key, kept.author_id).where(kept.submission_id == work_id)
            for kept in (FieldVersion, DraftField)
        )
    )
    authors: dict[str, set[int]] = {field["key"]: set() for field in attempt.fields}
    for key, author_id in db.session.execute(known):
        authors.setdefault(key, set()).add(author_id)
    return {
        key: frozenset(people or {attempt.sent_by_id})
        for key, people in authors.items()
    }


def quotes(text: str, source: str) -> bool:
    """Tell whether a text has words in a row that stand so in another."""
    words = _words(text)
    length = min(IN_A_ROW, len(words))
    if not length:
        return False
    return not _runs(words, length).isdisjoint(_runs(_words(source), length))


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    starts = range(len(words) - length + 1)
    return {tuple(words[start : start + length]) for start in starts}
