"""What becomes of one Markdown text, and what its checker wants to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self, TypedDict


class Heading(NamedTuple):
    """A heading as it is written, without its own id."""

    level: int
    text: str


class Link(NamedTuple):
    """A link: where it leads, what a reader clicks, what it is called in a list."""

    target: str
    text: str
    title: str = ""


class Picture(NamedTuple):
    """A picture; `alone` ones stand on a line of their own and become figures."""

    target: str
    alternative: str
    alone: bool
    in_link: bool = False


class Note(NamedTuple):
    """A coloured box; an empty one has lost its indented text."""

    kind: str
    is_empty: bool


class Slip(NamedTuple):
    """Something that was begun and not ended well; the first line of a text is 0."""

    line: int
    kind: str


class Definition(NamedTuple):
    """A link or a shortening defined on a line of its own, which nobody will see."""

    mark: str
    is_repeated: bool  # or nothing in the text leads to it


@dataclass
class Facts:
    """What was met in one text, collected while it is rendered."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    raw_html: list[str] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)  # lost ones only
    wide_rows: list[str] = field(default_factory=list)  # of more cells than the head
    hidden_lines: list[int] = field(default_factory=list)  # of code and comments


class Contents(TypedDict):
    """One heading in a table of contents."""

    id: str
    title: str
    children: "list[Contents]"


@dataclass(frozen=True)
class Page:
    """One rendered text and what its checker wants to know about it."""

    html: str
    toc: list[Contents]
    facts: Facts

    @classmethod
    def load(cls, reply: Mapping[str, Any]) -> Self:
        """Make a page out of what came from another process as JSON."""
        facts = reply["facts"]
        return cls(
            html=reply["html"],
            toc=reply["toc"],
            facts=Facts(
                headings=[Heading(*heading) for heading in facts["headings"]],
                links=[Link(*link) for link in facts["links"]],
                pictures=[Picture(*picture) for picture in facts["pictures"]],
                notes=[Note(*note) for note in facts["notes"]],
                raw_html=facts["raw_html"],
                slips=[Slip(*slip) for slip in facts["slips"]],
                definitions=[Definition(*one) for one in facts["definitions"]],
                wide_rows=facts["wide_rows"],
                hidden_lines=facts["hidden_lines"],
            ),
        )
