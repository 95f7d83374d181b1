"""The headings of a text that is being edited, with the lines they stand in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_HEADING = re.compile(r"(#{1,4})\s+(.+?)\s*#*\s*(?:\{[^}]*\})?$")
_FENCE = re.compile(r"\s*(```|~~~)")


class Heading(NamedTuple):
    """A heading as the author wrote it."""

    line: int
    level: int
    title: str


def headings_of(text: str) -> list[Heading]:
    """Return the headings of Markdown, without what only looks like one in code."""
    return list(_headings(text.splitlines()))


def _headings(lines: list[str]) -> Iterator[Heading]:
    is_code = False
    for number, line in enumerate(lines, 1):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and (found := _HEADING.fullmatch(line)):
            yield Heading(number, len(found[1]), found[2])
