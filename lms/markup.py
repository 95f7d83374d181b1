"""The only place where Markdown becomes HTML and where HTML is sanitised."""

import html
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Self, TypedDict

import bleach
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from lms.dialects import (
    AnswerDialect,
    Facts,
    Heading,
    LessonDialect,
    Link,
    Note,
    Picture,
    transliterate,
)
from lms.guard import Guard, TangledError

# Up to this length the worst text that we could make takes 0.1 s.
SHORT = 800

_ANY = re.compile(r"(?s).*")
_ID = {"id": re.compile("[a-z0-9][a-z0-9_-]*")}
_CELL = {"class": re.compile("cell--(left|center|right)")}

# Every tag that may pass, and what each of its attributes may say.
_ANSWER: dict[str, dict[str, re.Pattern[str]]] = {
    "a": {
        "href": re.compile(r"(?is)(https?://|mailto:).*"),
        "rel": re.compile("nofollow noopener noreferrer"),
        "title": _ANY,
    },
    "div": {
        "aria-label": re.compile(r"Таблица( \d+)?"),
        "class": re.compile("table-scroll"),
        "role": re.compile("region"),
        "tabindex": re.compile("0"),
    },
    "ol": {"start": re.compile(r"\d{1,6}")},
    "td": _CELL,
    "th": {**_CELL, "scope": re.compile("col")},
} | {
    tag: {}
    for tag in (
        *("blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "p"),
        *("pre", "strong", "table", "tbody", "thead", "tr", "ul"),
    )
}
_LESSON: dict[str, dict[str, re.Pattern[str]]] = (
    _ANSWER
    | dict.fromkeys(("h3", "h4", "h5", "h6"), _ID)
    | {tag: {} for tag in ("dd", "dl", "dt", "figcaption", "figure")}
    | {
        "a": {
            "class": re.compile("footnote-(back)?ref"),
            "href": _ANY,
            "rel": re.compile("noopener noreferrer"),
            "title": _ANY,
        },
        "abbr": {"title": _ANY},
        "div": {
            "aria-label": re.compile(r"Таблица( \d+)?"),
            "class": re.compile("table-scroll|footnote|note note--[a-z]+"),
            "role": re.compile("region|note"),
            "tabindex": re.compile("0"),
        },
        "h2": {**_ID, "class": re.compile("closing")},
        "img": {
            "alt": _ANY,
            "height": re.compile(r"\d{1,5}"),
            "loading": re.compile("lazy"),
            "src": _ANY,
            "title": _ANY,
            "width": re.compile(r"\d{1,5}"),
        },
        "li": {"id": re.compile(r"fn-[\w-]+")},
        "p": {"class": re.compile("note__title")},
        "sup": {"id": re.compile(r"fnref\d*-[\w-]+")},
    }
)


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
    headings: list[Heading]
    links: list[Link]
    pictures: list[Picture]
    notes: list[Note]
    raw_html: list[str]

    @classmethod
    def load(cls, reply: Mapping[str, Any]) -> Self:
        """Make a page out of what came from another process as JSON."""
        kinds = {
            "headings": Heading,
            "links": Link,
            "pictures": Picture,
            "notes": Note,
        }
        facts = {
            name: [kind(*fact) for fact in reply[name]] for name, kind in kinds.items()
        }
        return cls(**{**reply, **facts})


def render_lesson(
    text: str,
    *,
    links: Mapping[str, str] | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
) -> Page:
    """Render the Markdown of a module.

    `links` gives the address of every file of the module by its path and of
    every other module by its slug; `sizes` gives width and height of pictures.
    Nothing here limits the time: for that, call it through a `Guard`.
    """
    facts = Facts()
    markdown = _build(
        "abbr",
        "def_list",
        FootnoteExtension(
            SEPARATOR="-", BACKLINK_TITLE="Вернуться к тексту, сноска {}"
        ),
        TocExtension(marker="", slugify=transliterate, toc_depth="2-3"),
        LessonDialect(facts, links or {}, sizes or {}),
    )
    body = _sanitise(markdown.convert(text), _LESSON)
    return Page(body, _contents(markdown.toc_tokens), **vars(facts))  # type: ignore[attr-defined]


def render_answer_page(text: str) -> Page:
    """Render what a person typed, however long that takes."""
    facts = Facts()
    markdown = _build("nl2br", AnswerDialect(facts))
    return Page(_sanitise(markdown.convert(text), _ANSWER), [], **vars(facts))


def render_answer(text: str) -> str:
    """Render what one person typed; never longer than a few seconds."""
    return render_answers([text])[0]


def render_answers(
    texts: Sequence[str], *, timeout: float = 5, short: int = SHORT
) -> list[str]:
    """Render what people typed, all of it within `timeout` seconds.

    Some Markdown is slow on purpose: 20 KB of `[` take over 20 s. So long texts
    are rendered in a process that can be killed, the shortest first, and a text
    that is not finished in time is shown whole, as it was typed.
    """
    ends_at = time.monotonic() + timeout
    rendered: dict[str, str] = {}
    with Guard() as guard:
        for text in sorted(set(texts), key=len):
            try:
                if len(text) <= short:
                    page = render_answer_page(text)
                else:
                    left = ends_at - time.monotonic()
                    page = Page.load(
                        guard.call("render_answer_page", seconds=left, text=text)
                    )
                rendered[text] = page.html
            except (TangledError, RecursionError):
                rendered[text] = _as_typed(text)
    return [rendered[text] for text in texts]


def plain_text(body: str) -> str:
    """Return the words of an HTML fragment, a line for each block."""
    words = _Words()
    words.feed(body)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects the text between tags."""

    INLINE = frozenset({"a", "abbr", "code", "em", "strong", "sup"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _build(*extensions: str | Extension) -> Markdown:
    """Make a new `Markdown`: it is not thread-safe and cheap to make."""
    return Markdown(
        extensions=[
            "sane_lists",
            "pymdownx.saneheaders",
            "pymdownx.superfences",
            TableExtension(use_align_attribute=True),
            *extensions,
        ],
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    )


def _sanitise(body: str, allowed: Mapping[str, Mapping[str, re.Pattern[str]]]) -> str:
    """Drop every tag, attribute and address that is not on a list above."""

    def is_allowed(tag: str, name: str, value: str) -> bool:
        pattern = allowed[tag].get(name)
        return pattern is not None and pattern.fullmatch(value) is not None

    cleaner = bleach.Cleaner(
        tags=frozenset(allowed),
        attributes=is_allowed,
        protocols=frozenset({"http", "https", "mailto"}),
        strip=True,
    )
    return str(cleaner.clean(body))


def _contents(tokens: list[dict[str, Any]]) -> list[Contents]:
    return [
        {
            "id": token["id"],
            "title": html.unescape(token["name"]),
            "children": _contents(token["children"]),
        }
        for token in tokens
    ]


def _as_typed(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", html.escape(text.strip(), quote=False))
    return "\n".join("<p>" + p.replace("\n", "<br>\n") + "</p>" for p in paragraphs)
