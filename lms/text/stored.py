"""HTML that was made from Markdown and stored: shown as it is, or read for its words.

Pages need no more than this, so they do without the libraries that make it.
"""

import re
from html.parser import HTMLParser

from markupsafe import Markup

BACK_TO_TEXT = "↩"  # the sign at the end of each footnote
# A table is a landmark by itself; beside other texts it is one of many «Таблица».
_LANDMARK = re.compile(
    r'(<div aria-label="Таблица[ \d]*" class="table-scroll" )role="region"'
)


def stored_html(body: str) -> Markup:
    """Tell templates that a stored text was made here and is safe to show.

    The one place where HTML from the database becomes markup: everything stored
    went through `render_lesson` or `render_answer_page`; drawings join it by `draw`.
    """
    body = _LANDMARK.sub(r'\1role="group"', body)
    return Markup(body)  # noqa: S704 - sanitised before it was stored


def plain_text(body: str) -> str:
    """Return the words of an HTML fragment, a line for each block."""
    return _words_of(body, _Words())


def letter_text(body: str) -> str:
    """Return the same for a letter, with the address of each link behind its words."""
    return _words_of(body, _WordsWithLinks())


def _words_of(body: str, words: "_Words") -> str:
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


class _WordsWithLinks(_Words):
    """Collects the addresses as well, where the words are not the address itself."""

    def __init__(self) -> None:
        super().__init__()
        self.address, self.begins_at = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.begins_at = len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        said = "".join(self.parts[self.begins_at :])
        if tag == "a" and self.address.startswith("http") and self.address != said:
            self.parts.append(f" ({self.address})")
