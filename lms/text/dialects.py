"""The two dialects of Markdown: of lessons and of people's answers."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.inlinepatterns import (
    AUTOMAIL_RE,
    BacktickInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from lms.text.conventions import (
    CLOSING_SECTIONS,
    HEADING_ID,
    MODULE_LINK,
    NOTES,
    WEB_LINK,
)
from lms.text.definitions import Definitions
from lms.text.inline import CODE, ESCAPED, LINE_BREAK, BareLink, Email, RawHtml
from lms.text.layout import lay_out
from lms.text.page import Facts, Heading, Link, Note, Picture
from lms.text.tables import Tables
from lms.text.tree import (
    drop_empty_bodies,
    label_cells,
    make_figures,
    make_tables_scroll,
    say_where_it_led,
    show_as_link,
    show_ticks,
    text_of,
)

_LETTERS = str.maketrans(
    "абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye"
) | str.maketrans(
    {"ё": "yo", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": ""}
)
_HEADING_TAG = re.compile(r"h[1-6]")


def transliterate(text: str, separator: str = "-") -> str:
    """Turn a Russian heading into an id: «Кого звать» → `kogo-zvat`."""
    latin = text.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, plain).strip(separator) or "razdel"


def _latin_anchor(target: str) -> str:
    """Lead to a heading by its Russian name as well, like GitHub: `#кого-звать`."""
    page, mark, place = target.partition("#")
    place = unquote(place)
    if not mark or place.isascii() or WEB_LINK.match(page):
        return target
    return f"{page}#{transliterate(place)}"


def _words_of(link: Element) -> str:
    """Return what a reader clicks: words, or what a picture says."""
    return text_of(link) or " ".join(p.get("alt", "") for p in link.iter("img"))


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
        md.inlinePatterns.register(Email(AUTOMAIL_RE), "automail", 110)
        md.inlinePatterns.register(RawHtml(md, self.facts), "html", 90)
        md.inlinePatterns.register(BareLink(BareLink.PATTERN), "bare_link", 85)
        md.inlinePatterns.register(Email(Email.BARE), "bare_email", 84)
        md.parser.blockprocessors.register(_NoteProcessor(md.parser), "admonition", 105)
        md.treeprocessors.register(_Headings(self.facts), "headings", 25)
        md.treeprocessors.register(_LessonTree(self), "lesson", -1)


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


class _Headings(Treeprocessor):
    """Read headings as they are written and give them the ids they ask for."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def run(self, root: Element) -> None:
        for element in root.iter():
            if not _HEADING_TAG.fullmatch(element.tag):
                continue
            text = element.text or ""
            self.facts.headings.append(Heading(int(element.tag[1]), text))
            if wanted := HEADING_ID.search(text):
                element.text = text[: wanted.start()]
                element.set("id", wanted[1])
            if element.text in CLOSING_SECTIONS:
                element.set("class", "closing")


class _LessonTree(Treeprocessor):
    """Resolve links, make figures of lonely pictures, let tables scroll."""

    def __init__(self, dialect: LessonDialect) -> None:
        super().__init__()
        self.facts = dialect.facts
        self.links = dialect.links
        self.sizes = dialect.sizes
        self.defined = {"[{}]": dialect.references, "*[{}]": dialect.abbreviations}

    def run(self, root: Element) -> None:
        for mark, definitions in self.defined.items():
            self.facts.definitions += definitions.lost(mark)
        make_figures(root)
        drop_empty_bodies(root)
        make_tables_scroll(root)
        label_cells(root)
        show_ticks(root)
        for parent in root.iter():
            for element in parent:
                if element.tag == "a" and "footnote" not in element.get("class", ""):
                    self._resolve_link(element)
                elif element.tag == "img":
                    self._resolve_picture(element, parent.tag)
                elif element.get("class", "").startswith("note note--"):
                    self._name_note(element)

    def _resolve_link(self, link: Element) -> None:
        target = _latin_anchor(link.get("href", "").removeprefix("./"))
        self.facts.links.append(Link(target, _words_of(link), link.get("title", "")))
        if module := MODULE_LINK.fullmatch(target):
            link.set("href", self.links.get(module[1], "") + (module[2] or ""))
        elif WEB_LINK.match(target):
            link.set("rel", "noopener noreferrer")
        elif target.startswith("#"):
            link.set("href", target)
        else:
            link.set("href", self.links.get(target, ""))

    def _resolve_picture(self, picture: Element, within: str) -> None:
        target = picture.get("src", "").removeprefix("./")
        self.facts.pictures.append(
            Picture(target, picture.get("alt", ""), within == "figure", within == "a")
        )
        picture.set("src", self.links.get(target, ""))
        picture.set("loading", "lazy")
        if size := self.sizes.get(target):
            picture.set("width", str(size[0]))
            picture.set("height", str(size[1]))

    def _name_note(self, note: Element) -> None:
        kind = note.get("class", "").removeprefix("note note--")
        self.facts.notes.append(Note(kind, is_empty=len(note) < 2))
        note.set("role", "note")


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
            if _HEADING_TAG.fullmatch(element.tag):
                element.tag = f"h{min(6, int(element.tag[1]) + 2)}"
            elif element.tag == "img":
                show_as_link(element)
            if element.tag == "a":
                self.facts.links.append(Link(element.get("href", ""), text_of(element)))
                element.set("rel", "nofollow noopener noreferrer")
                say_where_it_led(element)
