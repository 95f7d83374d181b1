"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import chain, groupby
from typing import Literal

# How many pairs of equal words two texts may have: their number, and not the
# length, is what a comparison costs. Up to here the worst we could make is 0.3 s;
# the longest field of real prose has a quarter of it.
MAX_PAIRS = 100_000
# A word or a sign, with the spaces after it.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_END_OF_PARAGRAPH = re.compile(r"(?<=\n)(?=\S)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# What stayed is folded away when it is longer than the line that says so.
SHORT = 160


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, appeared or went away."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Stretch:
    """Paragraphs in a row that changed, or that stayed as they were."""

    parts: tuple[Part, ...]
    is_same: bool
    paragraphs: int

    @property
    def is_folded(self) -> bool:
        return self.is_same and sum(len(part.text) for part in self.parts) > SHORT


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

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The same parts, so cut that unchanged paragraphs can be folded away."""
        runs = groupby(_paragraphs(self.parts), key=_is_same)
        return [_stretch(list(run), is_same=is_same) for is_same, run in runs]


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
    parts = _aligned(parts)
    return Difference(tuple(parts), _count(parts, "added"), _count(parts, "removed"))


def _aligned(parts: Sequence[Part]) -> list[Part]:
    """Begin a whole paragraph that came or went where it begins, not at the full stop.

    «.¶Новое» before «.¶Дальше» is the same change as «Новое.¶» after the first «.¶».
    """
    aligned = list(parts)
    for place in range(1, len(aligned) - 1):
        before, change, after = aligned[place - 1 : place + 2]
        end = _BLANK_LINE.search(change.text)
        head = change.text[: end.end()] if end else ""
        kinds = before.kind, change.kind != "same", after.kind
        if kinds == ("same", True, "same") and head and after.text.startswith(head):
            aligned[place - 1 : place + 2] = [
                Part("same", before.text + head),
                Part(change.kind, change.text[len(head) :] + head),
                Part("same", after.text[len(head) :]),
            ]
    return [part for part in aligned if part.text]


def _paragraphs(parts: Sequence[Part]) -> list[list[Part]]:
    """Cut parts where a blank line ends a paragraph."""
    paragraphs: list[list[Part]] = [[]]
    for part in parts:
        for text in _END_OF_PARAGRAPH.split(part.text):
            paragraphs[-1].append(replace(part, text=text))
            if _BLANK_LINE.search(text):
                paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _is_same(paragraph: Sequence[Part]) -> bool:
    return all(part.kind == "same" for part in paragraph)


def _stretch(paragraphs: Sequence[Sequence[Part]], *, is_same: bool) -> Stretch:
    """Join paragraphs; the space after the last of them is the page's own."""
    *parts, last = chain.from_iterable(paragraphs)
    last = replace(last, text=last.text.rstrip())
    return Stretch((*parts, last), is_same, len(paragraphs))


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip() for word in words]


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    before, after = Counter(_bare(old)), Counter(_bare(new))
    return sum(count * after[word] for word, count in before.items())


def _count(parts: Sequence[Part], kind: str) -> int:
    return sum(len(re.findall(r"\w+", p.text)) for p in parts if p.kind == kind)
