"""Finding rows by words, whatever their capitals; «ё» and «е» are one letter."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

# A trigram index knows shorter words only where they begin a word of the text.
SHORTEST = 3
# Signs between words, each the same as a space: «№ 5», «№5» and «5» are one number.
BETWEEN_WORDS = '№«"-'
SAME_SIGNS: dict[str, str | int | None] = {
    "ё": "е",
    **dict.fromkeys(BETWEEN_WORDS, " "),
}
# What stands between two columns: no word has it, so none goes from one into another.
BETWEEN_COLUMNS = " | "


@dataclass(frozen=True)
class Search:
    """What a long list is searched for."""

    condition: sa.ColumnElement[bool]
    # The same for the indexes of PostgreSQL; returns None where the way is shorter.
    by_index: Callable[[], sa.ColumnElement[bool] | None]


def search_for(words: str, *columns: Any) -> Search | None:
    """Search the columns of one table for words; without words, for nothing."""
    found = mentions(words, *columns)
    return Search(found, lambda: found) if searched_words(words) else None


def fold(text: str) -> str:
    """Write a text the one way in which texts are compared.

    Keyboards send «й» and «ё» as one sign or as two.
    """
    return unicodedata.normalize("NFC", text).lower().replace("ё", "е")


def searched_words(words: str) -> list[str]:
    """Return the words as texts are searched for them; signs alone are none."""
    spelled = (_spelled(word).strip() for word in words.split())
    return [word for word in spelled if word]


def has_words(text: str, words: str) -> bool:
    """Tell whether every word stands in a text, as `mentions` asks it of columns."""
    searched = " " + _spelled(text)
    return all(_as_begun(word) in searched for word in searched_words(words))


def _spelled(text: str) -> str:
    return fold(text).translate(str.maketrans(SAME_SIGNS))


def _as_begun(word: str) -> str:
    """Return a word with what stands before it: a short one must begin a word."""
    return word if len(word) >= SHORTEST else f" {word}"


def mentions(words: str, *columns: Any) -> sa.ColumnElement[bool]:
    """Find rows in which every word stands in some of the columns.

    They are searched as one text, for which one index of PostgreSQL can stand: of the
    same columns in the same order (`TEXTS` of `lms/core/trigrams.py`). A word of one
    or two letters is found where it begins a word, for «5» stands in every number.
    """
    text = searched_text(*columns)
    found = (
        text.contains(_as_begun(word), autoescape=True)
        for word in searched_words(words)
    )
    return sa.and_(sa.true(), *found)


class searched_text(FunctionElement[str]):  # noqa: N801 - reads as a function
    """Columns as one text, folded as `fold` does; every word in it follows a space."""

    inherit_cache = True
    type = sa.Text()


@compiles(searched_text)
def _text_of(element: Any, compiler: Any, **kwargs: Any) -> str:
    """Write it with functions that both databases have; `translate` takes longer."""
    columns = [compiler.process(part, **kwargs) for part in element.clauses]
    text = f" || '{BETWEEN_COLUMNS}' || ".join(columns)
    text = f"lower(' ' || {text})"
    for sign, same in SAME_SIGNS.items():
        text = f"replace({text}, '{sign}', '{same}')"
    return text
