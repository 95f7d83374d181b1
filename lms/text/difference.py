"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

# How many pairs of equal words two texts may have: their number, and not the
# length, is what a comparison costs. Up to here the worst we could make is 0.3 s;
# the longest field of real prose has a quarter of it.
MAX_PAIRS = 100_000
# A word or a sign, with the spaces after it.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, appeared or went away."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Difference:
    """The parts in reading order, and how many words came and went."""

    parts: tuple[Part, ...]
    added: int
    removed: int
    is_too_long: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.is_too_long)


@lru_cache(maxsize=256)
def compare(before: str, after: str) -> Difference:
    """Compare two texts; what was compared once is remembered.

    Spaces alone make no difference.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if _pairs(old, new) > MAX_PAIRS:
        return Difference((), 0, 0, is_too_long=True)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, _bare(old), _bare(new), autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind == "equal":
            parts.append(Part("same", added))
            continue
        parts += [Part("removed", removed)] if removed else []
        parts += [Part("added", added)] if added else []
    return Difference(tuple(parts), _count(parts, "added"), _count(parts, "removed"))


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip() for word in words]


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    before, after = Counter(_bare(old)), Counter(_bare(new))
    return sum(count * after[word] for word, count in before.items())


def _count(parts: Sequence[Part], kind: str) -> int:
    return sum(len(re.findall(r"\w+", p.text)) for p in parts if p.kind == kind)
