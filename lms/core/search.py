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
    """Find rows in which every word stands in some of the columns."""
    texts = [_folded(column) for column in columns]
    return sa.and_(
        sa.true(),
        *(
            sa.or_(*(text.contains(word, autoescape=True) for text in texts))
            for word in fold(words).split()
        ),
    )


def _folded(column: Any) -> sa.ColumnElement[str]:
    """Fold a column as `fold` does, with the very words that an index would have."""
    yo, ye = (sa.literal_column(letter, sa.Text) for letter in ("'ё'", "'е'"))
    return sa.func.replace(sa.func.lower(column), yo, ye)
