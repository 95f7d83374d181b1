"""The only place where Markdown becomes HTML and where HTML is sanitised."""

import html
import re
from collections.abc import Mapping
from typing import Any

import bleach
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension

from lms.text.anchors import transliterate
from lms.text.dialects import AnswerDialect, LessonDialect
from lms.text.page import Contents, Facts, Page
from lms.text.stored import BACK_TO_TEXT

# A line in which no sign means anything to Markdown or HTML: most answers of quizzes
# and criteria are such, and to render one in full takes a hundred times as long.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[,.;?!()«»—–…%№+-]|:(?!/)| (?=[^ ]))*")
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
    "ol": {"start": re.compile(r"\d{1,9}")},
    "td": {**_CELL, "data-label": _ANY},
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
        "li": {"id": re.compile(r"fn-\S+")},
        "p": {"class": re.compile("note__title")},
        "sup": {"id": re.compile(r"fnref\d*-\S+")},
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
    if _PLAIN.fullmatch(text):
        return _plain(text)
    facts = Facts()
    markdown = _build(
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
    if _PLAIN.fullmatch(text):
        return _plain(text)
    facts = Facts()
    markdown = _build("nl2br", AnswerDialect(facts))
    return Page(_sanitise(markdown.convert(text), _ANSWER), [], facts)


def _plain(line: str) -> Page:
    return Page(f"<p>{line}</p>", [], Facts())


def _build(*extensions: str | Extension) -> Markdown:
    """Make a new `Markdown`: it is not thread-safe and cheap to make."""
    return Markdown(
        extensions=[
            "sane_lists",
            "pymdownx.betterem",
            "pymdownx.saneheaders",
            "pymdownx.superfences",
            "tables",
            *extensions,
        ],
        extension_configs={
            "pymdownx.betterem": {"punctuation": False},
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
