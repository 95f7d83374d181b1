"""Words as they are compared, and the index of each database that finds them."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.search import fold
from lms.overview.search.models import Passage
from lms.text.stems import WORD, stems, stems_of

LONGEST, MOST_WORDS = 200, 12
# Words that stand in almost every text.
SMALL = frozenset({"а", "в", "и", "к", "о", "с", "у"}) | {"до", "за", "из", "на", "не"}
NOTHING = "Напишите хотя бы одно слово из букв или цифр."
TOO_LONG = f"Слишком длинный вопрос. Хватит {MOST_WORDS} слов."

_PART = re.compile(r'"([^"]*)"|«([^»]*)»|([^\s"«]+)|["«]')


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: every part has to be there, its words side by side."""

    parts: tuple[tuple[str, ...], ...]
    # The last word as typed so far, if it may go on; its stem is the last part.
    beginning: str = ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return every word that is looked for, without its ending."""
        return frozenset(stem for part in self.parts for stem in part)

    @cached_property
    def apart(self) -> "Wanted":
        """Return the same words wherever they stand in a text."""
        words = tuple((stem,) for part in self.parts for stem in part)
        return Wanted(words, self.beginning)

    def hits(self, pieces: list[str]) -> list[str]:
        """Return of each piece of a text its stem if it is looked for, or nothing."""
        different = list(dict.fromkeys(pieces))
        folded = [fold(piece) for piece in different]
        found = {
            piece: stem
            for piece, word, stem in zip(
                different, folded, stems_of(folded), strict=True
            )
            if stem in self.stems
            or (self.beginning and word.startswith(self.beginning))
        }
        return [found.get(piece, "") for piece in pieces]


def read_wanted(typed: str) -> Wanted:
    """Read words, «phrases» and the beginning of a last word; refuse what has none."""
    if len(typed) > LONGEST or len(WORD.findall(typed)) > MOST_WORDS:
        raise RuleError(TOO_LONG)
    parts: list[tuple[str, ...]] = []
    last = ""
    for quoted, russian, word in _PART.findall(typed):
        if phrase := tuple(stems(quoted or russian or word)):
            parts.append(phrase)
            last = WORD.findall(fold(word))[-1] if word else ""
    if not parts:
        raise RuleError(NOTHING)
    telling = [part for part in parts[:-1] if len(part) > 1 or part[0] not in SMALL]
    may_go_on = last if len(last) > 1 and len(parts[-1]) == 1 else ""
    return Wanted((*telling, parts[-1]), may_go_on)


def mentioning(wanted: Wanted) -> sa.ColumnElement[bool]:
    """Find the passages that have the words, by the index of the database."""
    if db.engine.dialect.name == "postgresql":
        simple: Any = sa.literal_column("'simple'::regconfig")
        # Spelled out: how rare the words are decides along which index to go.
        spelled = sa.bindparam(None, _tsquery(wanted), sa.Text, literal_execute=True)
        query = sa.func.to_tsquery(simple, spelled)
        return Passage.words.bool_op("@@")(query)
    found = sa.text("SELECT rowid FROM passage_words WHERE words MATCH :wanted_words")
    words: Any = sa.bindparam("wanted_words", _fts5(wanted), unique=True)
    return Passage.id.in_(found.bindparams(words).columns(rowid=sa.Integer))


def _tsquery(wanted: Wanted) -> str:
    parts = ["(" + " <-> ".join(part) + ")" for part in wanted.parts]
    if wanted.beginning:
        parts[-1] = f"({wanted.parts[-1][0]} | {wanted.beginning}:*)"
    return " & ".join(parts)


def _fts5(wanted: Wanted) -> str:
    parts = ['"' + " ".join(part) + '"' for part in wanted.parts]
    if wanted.beginning:
        parts[-1] = f'("{wanted.parts[-1][0]}" OR "{wanted.beginning}" *)'
    return " AND ".join(parts)
