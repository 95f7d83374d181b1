"""The only place where Markdown becomes HTML and where HTML is sanitised."""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import bleach
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from lms.text.dialects import AnswerDialect, LessonDialect, transliterate
from lms.text.page import Contents, Facts, Page

BACK_TO_TEXT = "↩"  # the sign at the end of each footnote

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
    | {tag: {} for tag in ("dd", "del", "dl", "dt", "figcaption", "figure")}
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


def render_lesson(
    text: str,
    *,
    links: Mapping[str, str] | None = None,
    sizes: Mapping[str, tuple[int, int]] | None = None,
) -> Page:
    """Render the Markdown of a module.

    `links` gives the address of every file of the module by its path and of
    every other module by its slug; `sizes` gives width and height of pictures.
    Nothing here limits the time: for that there is `lms.text.limits`.
    """
    facts = Facts()
    markdown = _build(
        "abbr",
        "def_list",
        FootnoteExtension(
            SEPARATOR="-",
            BACKLINK_TEXT=BACK_TO_TEXT,
            BACKLINK_TITLE="Вернуться к тексту, сноска {}",
        ),
        TocExtension(marker="", slugify=transliterate, toc_depth="2-3"),
        "pymdownx.tilde",
        LessonDialect(facts, links or {}, sizes or {}),
    )
    body = _sanitise(markdown.convert(text), _LESSON)
    return Page(body, _contents(markdown.toc_tokens), facts)  # type: ignore[attr-defined]


def render_answer_page(text: str) -> Page:
    """Render what a person typed, however long that takes."""
    facts = Facts()
    markdown = _build("nl2br", AnswerDialect(facts))
    return Page(_sanitise(markdown.convert(text), _ANSWER), [], facts)


def stored_html(body: str) -> Markup:
    """Tell templates that a stored text was made here and is safe to show.

    The one place where HTML from the database becomes markup: everything stored
    went through `render_lesson` or `render_answer_page`.
    """
    return Markup(body)  # noqa: S704 - sanitised before it was stored


def plain_text(body: str) -> str:
    """Return the words of an HTML fragment, a line for each block."""
    words = _Words()
    words.feed(body)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collects the text between tags."""

    INLINE = frozenset({"a", "abbr", "code", "del", "em", "strong", "sup"})

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
        if data != BACK_TO_TEXT:
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
        extension_configs={
            "pymdownx.highlight": {"use_pygments": False},
            "pymdownx.tilde": {"subscript": False},
        },
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
