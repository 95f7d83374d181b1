"""The two dialects of Markdown: of lessons and of people's answers."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.inlinepatterns import (
    AUTOMAIL_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    BacktickInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from lms.text.conventions import NOTES
from lms.text.definitions import Definitions
from lms.text.inline import (
    CODE,
    ESCAPED,
    LINE_BREAK,
    BareLink,
    ClosedImage,
    ClosedLink,
    Email,
    RawHtml,
)
from lms.text.layout import lay_out
from lms.text.lesson_tree import Headings, LessonTree
from lms.text.page import Facts, Link
from lms.text.tables import Tables
from lms.text.tree import (
    HEADING_TAG,
    drop_empty_bodies,
    label_cells,
    make_tables_scroll,
    say_where_it_led,
    show_as_link,
    text_of,
)


class LessonDialect(Extension):
    """Pictures, notes and links of a module; raw HTML is met but not obeyed."""

    def __init__(
        self,
        facts: Facts,
        links: Mapping[str, str],
        sizes: Mapping[str, tuple[int, int]],
    ) -> None:
        super().__init__()
        self.facts = facts
        self.links = links
        self.sizes = sizes
        self.references, self.abbreviations = Definitions(), Definitions()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Lines(md, self.facts), "lines", 27)
        md.parser.blockprocessors.register(Tables(md, self.facts), "table", 75)
        md.references = self.references
        abbreviations = AbbrExtension()
        abbreviations.abbrs = self.abbreviations  # type: ignore[attr-defined]
        abbreviations.extendMarkdown(md)
        md.ESCAPED_CHARS.extend(ESCAPED)
        hard_break = SubstituteTagInlineProcessor(LINE_BREAK, "br")
        md.inlinePatterns.register(hard_break, "hard_break", 185)
        md.inlinePatterns.register(BacktickInlineProcessor(CODE), "backtick", 190)
        md.inlinePatterns.register(ClosedLink(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(ClosedImage(IMAGE_LINK_RE, md), "image_link", 150)
        md.inlinePatterns.register(Email(AUTOMAIL_RE), "automail", 110)
        md.inlinePatterns.register(RawHtml(md, self.facts), "html", 90)
        md.inlinePatterns.register(BareLink(BareLink.PATTERN), "bare_link", 85)
        md.inlinePatterns.register(Email(Email.BARE), "bare_email", 84)
        md.parser.blockprocessors.register(_NoteProcessor(md.parser), "admonition", 105)
        md.treeprocessors.register(Headings(self.facts), "headings", 25)
        tree = LessonTree(
            self.facts,
            links=self.links,
            sizes=self.sizes,
            defined={"[{}]": self.references, "*[{}]": self.abbreviations},
        )
        md.treeprocessors.register(tree, "lesson", -1)


class AnswerDialect(Extension):
    """Text typed by people: no pictures, no HTML, nothing by accident of indent."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        lines = _Lines(md, self.facts, keeps_all=True)
        md.preprocessors.register(lines, "lines", 27)
        tables = Tables(md, self.facts, keeps_all=True)
        md.parser.blockprocessors.register(tables, "table", 75)
        md.parser.blockprocessors.deregister("code")
        md.parser.blockprocessors.deregister("setextheader")
        # It would swallow a list of sources: «[1]: Иванов…», «[^1]: там же».
        md.parser.blockprocessors.deregister("reference")
        md.inlinePatterns.register(BacktickInlineProcessor(CODE), "backtick", 190)
        md.inlinePatterns.register(ClosedLink(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(ClosedImage(IMAGE_LINK_RE, md), "image_link", 150)
        md.inlinePatterns.register(Email(AUTOMAIL_RE), "automail", 110)
        md.inlinePatterns.register(RawHtml(md, self.facts), "html", 90)
        md.inlinePatterns.register(BareLink(BareLink.PATTERN), "bare_link", 85)
        md.treeprocessors.register(_AnswerTree(self.facts), "answer", -1)


class _Lines(Preprocessor):
    """Lays out the lines before anything else reads them."""

    def __init__(self, md: Markdown, facts: Facts, *, keeps_all: bool = False) -> None:
        super().__init__(md)
        self.facts = facts
        self.keeps_all = keeps_all

    def run(self, lines: list[str]) -> list[str]:
        return lay_out(self.facts, lines, keeps_all=self.keeps_all)


class _NoteProcessor(AdmonitionProcessor):
    CLASSNAME = "note"
    CLASSNAME_TITLE = "note__title"

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        kind = match.group(1).lower()
        return f"note--{kind}", match.group(2) or NOTES.get(kind, kind)


class _AnswerTree(Treeprocessor):
    """Keep an answer below the headings of the page and its links harmless."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def run(self, root: Element) -> None:
        drop_empty_bodies(root)
        make_tables_scroll(root)
        label_cells(root)
        for element in root.iter():
            if HEADING_TAG.fullmatch(element.tag):
                element.tag = f"h{min(6, int(element.tag[1]) + 2)}"
            elif element.tag == "img":
                show_as_link(element)
            if element.tag == "a":
                self.facts.links.append(Link(element.get("href", ""), text_of(element)))
                element.set("rel", "nofollow noopener noreferrer")
                say_where_it_led(element)
