"""What is done to the tree of a lesson: its headings, links, pictures and notes."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

from lms.text.anchors import latin_anchor
from lms.text.conventions import CLOSING_SECTIONS, HEADING_ID, MODULE_LINK, WEB_LINK
from lms.text.definitions import Definitions
from lms.text.page import Facts, Heading, Link, Note, Picture
from lms.text.tree import (
    HEADING_TAG,
    drop_empty_bodies,
    label_cells,
    make_figures,
    make_tables_scroll,
    show_ticks,
    text_of,
)


class Headings(Treeprocessor):
    """Read headings as they are written and give them the ids they ask for."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def run(self, root: Element) -> None:
        for element in root.iter():
            if not HEADING_TAG.fullmatch(element.tag):
                continue
            text = element.text or ""
            self.facts.headings.append(Heading(int(element.tag[1]), text))
            if wanted := HEADING_ID.search(text):
                element.text = text[: wanted.start()]
                element.set("id", wanted[1])
            if element.text in CLOSING_SECTIONS:
                element.set("class", "closing")


class LessonTree(Treeprocessor):
    """Resolve links, make figures of lonely pictures, let tables scroll."""

    def __init__(
        self,
        facts: Facts,
        *,
        links: Mapping[str, str],
        sizes: Mapping[str, tuple[int, int]],
        defined: Mapping[str, Definitions],
    ) -> None:
        super().__init__()
        self.facts = facts
        self.links = links
        self.sizes = sizes
        self.defined = defined  # by the mark of its kind

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
        target = latin_anchor(link.get("href", "").removeprefix("./"))
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


def _words_of(link: Element) -> str:
    """Return what a reader clicks: words, or what a picture says."""
    return text_of(link) or " ".join(p.get("alt", "") for p in link.iter("img"))
