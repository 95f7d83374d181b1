"""Finding rows by words, whatever their capitals; «ё» and «е» are one letter."""

import unicodedata
from typing import Any

import sqlalchemy as sa


def fold(text: str) -> str:
    """Write a text the one way in which texts are compared.

    Keyboards send «й» and «ё» as one sign or as two.
    """
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def mentions(words: str, *columns: Any) -> sa.ColumnElement[bool]:
    """Find rows in which every word stands in some of the columns.

    They are searched as one text, for which one index of PostgreSQL can stand: of the
    same columns in the same order (`TEXTS` in migrations/versions/0009). No word goes
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
