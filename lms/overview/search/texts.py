"""What is searched of each kind of row."""

from collections.abc import Iterator
from typing import Any


def of_lesson(content: dict[str, Any]) -> Iterator[str]:
    """Read the lesson; what is prepared for tutors stays out."""
    lesson = content["lesson"]
    yield lesson["title"]
    yield lesson["plain_text"]


def of_attempt(fields: list[Any]) -> Iterator[str]:
    """Read every answer of a work."""
    for field in fields:
        yield field["text"]


def of_review(levels: list[Any], notes: list[Any], summary: str) -> Iterator[str]:
    """Read what a tutor wrote to the team."""
    yield summary
    for level in levels:
        yield level["remark"]
    for note in notes:
        yield note["text"]


def of_words(*words: str) -> Iterator[str]:
    """Read a row that is text already."""
    yield from words


def of_excerpt(name: str, content: dict[str, Any] | None) -> Iterator[str]:
    """Read the name of a file and what is stored of its text."""
    yield name
    for block in (content or {}).get("blocks", ()):
        yield block["text"]
        for row in block["rows"]:
            yield " ".join(row)
    yield from (content or {}).get("names", ())
