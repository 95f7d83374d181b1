"""How the files of one revision differ from those of another, line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from lms.course.modules.models import Revision
from lms.text.difference import Matcher, Part, TooLongError, compare

# What a page shows at most, and how long the texts may be that are compared.
MAX_ROWS, MAX_LINES = 500, 4000
CONTEXT = 2


@dataclass(frozen=True)
class Row:
    """One line of a comparison; a changed one has both texts in its parts."""

    kind: Literal["same", "added", "removed", "changed", "gap"]
    before: int | None
    after: int | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class FileComparison:
    """What happened to one text."""

    path: str
    rows: list[Row]
    added: int
    removed: int
    is_cut: bool = False


@dataclass(frozen=True)
class Comparison:
    """What happened to a module between two revisions."""

    texts: list[FileComparison]
    media: list[tuple[str, str]]

    @property
    def added(self) -> int:
        return sum(text.added for text in self.texts)

    @property
    def removed(self) -> int:
        return sum(text.removed for text in self.texts)


def compare_revisions(before: Revision, after: Revision) -> Comparison:
    """Compare all files of two revisions of a module."""
    old = {medium.name: medium.sha256 for medium in before.media}
    new = {medium.name: medium.sha256 for medium in after.media}
    media = [
        (
            name,
            "удалён"
            if name not in new
            else "добавлен"
            if name not in old
            else "заменён",
        )
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]
    return Comparison(compare_texts(before.sources, after.sources), media)


def compare_texts(
    before: Mapping[str, str], after: Mapping[str, str]
) -> list[FileComparison]:
    """Compare texts by their paths and leave out those that did not change."""
    return [
        _compare_file(path, before.get(path, ""), after.get(path, ""))
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    ]


def _compare_file(path: str, before: str, after: str) -> FileComparison:
    old, new = before.splitlines(), after.splitlines()
    if len(old) + len(new) > MAX_LINES:
        return FileComparison(path, [], len(new), len(old), is_cut=True)
    try:
        groups = list(Matcher(old, new).get_grouped_opcodes(CONTEXT))
    except TooLongError:
        groups = [[("replace", 0, len(old), 0, len(new))]]
    rows: list[Row] = []
    added = removed = 0
    for group in groups:
        if rows:
            rows.append(Row("gap", None, None))
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                rows += _same(old, i1, i2, j1)
                continue
            added, removed = added + j2 - j1, removed + i2 - i1
            rows += _replaced(old[i1:i2], new[j1:j2], i1 + 1, j1 + 1)
    return FileComparison(path, rows[:MAX_ROWS], added, removed, len(rows) > MAX_ROWS)


def _same(old: Sequence[str], start: int, end: int, after: int) -> Iterator[Row]:
    for step in range(end - start):
        text = old[start + step]
        yield Row("same", start + step + 1, after + step + 1, (Part("same", text),))


def _replaced(
    old: Sequence[str], new: Sequence[str], before: int, after: int
) -> Iterator[Row]:
    """Pair lines that mostly agree, so that a reader sees the words that changed."""
    leftover: list[Row] = []
    for step, (gone, come) in enumerate(zip_longest(old, new)):
        if gone is not None and come is not None:
            words = compare(gone, come)
            if any(part.kind == "same" and part.text.strip() for part in words.parts):
                yield from leftover
                leftover = []
                yield Row("changed", before + step, after + step, words.parts)
                continue
        if gone is not None:
            yield Row("removed", before + step, None, (Part("removed", gone),))
        if come is not None:
            leftover.append(Row("added", None, after + step, (Part("added", come),)))
    yield from leftover
