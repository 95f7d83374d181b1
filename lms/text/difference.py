"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import Match, SequenceMatcher
from functools import cached_property, lru_cache
from itertools import accumulate, chain, groupby
from typing import Literal

# How many words a comparison may look at and pair with equal ones, in all of its
# searches together: each stretch in common costs one more search through the rest.
# So many take the worst text 0.4 s; 20 000 signs of real prose need nearly all of them.
MAX_STEPS = 3_000_000
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
    parts: list[Part] = []
    try:
        changes = Matcher(_bare(old), _bare(new)).get_opcodes()
    except TooLongError:
        return Difference((), 0, 0, is_too_long=True)
    for kind, i1, i2, j1, j2 in changes:
        removed, added = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind == "equal":
            parts.append(Part("same", added))
            continue
        parts += [Part("removed", removed)] if removed else []
        parts += [Part("added", added)] if added else []
    parts = _aligned(parts)
    return Difference(tuple(parts), _count(parts, "added"), _count(parts, "removed"))


class TooLongError(Exception):
    """A comparison that would hold a page for seconds."""


class Matcher(SequenceMatcher[str]):
    """Counts its steps: words in common among others cost their number squared."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        after = Counter(new)
        self._cost = list(accumulate((1 + after[word] for word in old), initial=0))
        self._left = MAX_STEPS

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        last = len(self._cost) - 1 if ahi is None else ahi
        self._left -= self._cost[last] - self._cost[alo]
        if self._left < 0:
            raise TooLongError
        return super().find_longest_match(alo, ahi, blo, bhi)


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


def _count(parts: Sequence[Part], kind: str) -> int:
    return sum(len(re.findall(r"\w+", p.text)) for p in parts if p.kind == kind)
