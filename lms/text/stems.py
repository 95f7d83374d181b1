"""Russian words without their endings, as texts and questions are compared."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa

from lms.core.search import fold

# Of a text so much is searched; PostgreSQL takes a megabyte of words at most.
MOST_SIGNS = 100_000
WORD = re.compile(r"[^\W_]+")
# PostgreSQL takes no NUL; the others say where a line may end, and Word copies them.
UNSEEN = re.compile("[\x00\u00ad\u200b-\u200d\u2060\ufeff]")
# Shorter stems are found whole, longer ones as far as they are typed.
SHORTEST = 4


def stems(text: str) -> list[str]:
    """Return the words of a text without their endings."""
    return stems_of(WORD.findall(fold(UNSEEN.sub("", text[:MOST_SIGNS]))))


def stems_of(folded: Iterable[str]) -> list[str]:
    """Return words that are folded already without their endings."""
    return list(_stemmer().stemWords(list(folded)))


def searchable(*texts: str) -> str:
    """Return the stems of texts as a column keeps them to be searched: in spaces."""
    return f" {' '.join(stems(' '.join(texts)))} "


def has_stems(
    column: sa.SQLColumnExpression[str], typed: str
) -> list[sa.ColumnElement[bool]]:
    """Find each typed word, in any of its forms, in such a column."""
    return [
        column.contains(
            f" {stem}" if len(stem) >= SHORTEST else f" {stem} ", autoescape=True
        )
        for stem in stems(typed)
    ]


@cache
def _stemmer() -> Any:
    """Load the endings of Russian when somebody searches or writes, not at start."""
    import Stemmer

    return Stemmer.Stemmer("russian")
