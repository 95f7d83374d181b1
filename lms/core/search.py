"""Finding rows by words, whatever their capitals; «ё» and «е» are one letter."""

import unicodedata
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

# A trigram index knows nothing of shorter words.
SHORTEST = 3


@dataclass(frozen=True)
class Search:
    """What a long list is searched for."""

    condition: sa.ColumnElement[bool]
    # The same in such words that indexes find all rows of it; None: they cannot.
    by_index: sa.ColumnElement[bool] | None


def search_for(words: str, *columns: Any) -> Search | None:
    """Search the columns of one table for words; without words, for nothing."""
    found = mentions(words, *columns)
    if not words.split():
        return None
    return Search(found, found if is_served(words) else None)


def is_served(words: str) -> bool:
    """Tell whether a trigram index can find one of the words."""
    return any(len(word) >= SHORTEST for word in words.split())


def fold(text: str) -> str:
    """Write a text the one way in which texts are compared.

    Keyboards send «й» and «ё» as one sign or as two.
    """
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def mentions(words: str, *columns: Any) -> sa.ColumnElement[bool]:
    """Find rows in which every word stands in some of the columns.

    They are searched as one text, for which one index of PostgreSQL can stand: of the
    same columns in the same order (`TEXTS` of `lms/core/trigrams.py`). No word goes
    from one column into another, for none has a space in it.
    """
    text = _folded(columns)
    found = (text.contains(word, autoescape=True) for word in fold(words).split())
    return sa.and_(sa.true(), *found)


def _folded(columns: tuple[Any, ...]) -> sa.ColumnElement[str]:
    """Fold columns as `fold` does, with the very words that an index has."""
    space, yo, ye = (
        sa.literal_column(letter, sa.Text) for letter in ("' '", "'ё'", "'е'")
    )
    text = columns[0]
    for column in columns[1:]:
        text = text + space + column
    return sa.func.replace(sa.func.lower(text), yo, ye)
