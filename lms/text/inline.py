"""Links, breaks and tags inside a line of Markdown, in both dialects."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
)
from markdown.util import STX, AtomicString

from lms.text.page import Facts

# What a lesson may put a backslash before, as on GitHub, beyond the marks of Markdown.
ESCAPED = tuple("\"$%&',/:;<=?@^~|")
# As many marks close a code as have opened it, and never a part of more.
CODE = r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)(?<!`)(`+)(?!`)(.+?)(?<!`)\2(?!`))"
LINE_BREAK = r"\\\n"
# A tag as CommonMark has it: «a<b и c>d» is none.
TAG = (
    r"(</?[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*"
    r"\s*/?>|<!--(?:(?!<!--|-->)[\s\S])*-->)"
)


class RawHtml(InlineProcessor):
    """Show a tag as the text it is and remember that it was there."""

    def __init__(self, md: Markdown, facts: Facts) -> None:
        super().__init__(TAG, md)
        self.facts = facts

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        self.facts.raw_html.append(self.unescape(m.group(1)))
        if STX in m.group():  # code or a link within it has been read already
            return None, None, None
        return m.group(1), m.start(), m.end()


class ClosedLink(LinkInlineProcessor):
    """Refuses an address after which no bracket closes: «[приказ](№ 5 "О школе (ред.».

    With a quote in it Python-Markdown would take the text to its end for one, and lose
    the last sign but one.
    """

    def getLink(  # noqa: N802
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        href, title, end, is_link = super().getLink(data, index)
        return href, title, end, is_link and end > index


class ClosedImage(ClosedLink, ImageInlineProcessor):
    """Does the same for pictures."""


class BareLink(InlineProcessor):
    """Make an address that somebody simply pasted clickable."""

    # Brackets belong to it in pairs: «https://ru.wikipedia.org/wiki/Школа_(фильм)».
    _SIGN = r"[^\s<>«»\"\x02\x03()]"
    _PAIR = rf"\({_SIGN}*\)"
    _LAST = r"[^\s<>«»\"\x02\x03.,;:!?()\[\]'*_]"
    PATTERN = rf"\bhttps?://(?:{_SIGN}|{_PAIR})*(?:{_LAST}|{_PAIR})"
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", href=m.group())
        link.text = AtomicString(m.group())
        return link, m.start(), m.end()


class Email(InlineProcessor):
    """Make an address of mail a link without hiding its letters from robots."""

    BARE = r"(?<![\w.+@/-])([A-Za-z0-9][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63})+)"
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = m.group(1).removeprefix("mailto:")
        link = Element("a", href=f"mailto:{address}")
        link.text = AtomicString(address)
        return link, m.start(), m.end()
