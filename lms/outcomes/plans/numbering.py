"""The lists of a Word document: each begins anew, nested ones keep their levels."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Length, Twips
from docx.text.paragraph import Paragraph

LEVELS = 9
STEP = 360  # the indent of a level, in twentieths of a point


class Lists:
    """Adds lists to the numbering of a document.

    The styles of python-docx share one counter over the whole document, so every
    list gets a number definition of its own that starts over.
    """

    def __init__(self, document: Document) -> None:
        self._numbering: Any = document.part.numbering_part.element
        self._bullets = self._define("bullet", "•")
        self._numbers = self._define("decimal", "%{level}.")

    def begin(self, *, ordered: bool, level: int, start: int = 1) -> int:
        """Return the number of a new list."""
        number = self._numbering.add_num(self._numbers if ordered else self._bullets)
        if ordered:
            number.add_lvlOverride(ilvl=level).add_startOverride(start)
        return int(number.numId)

    def put(self, paragraph: Paragraph, number: int, level: int) -> None:
        """Make a paragraph the next item of a list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number

    def _define(self, form: str, sign: str) -> int:
        """Describe the nine levels of a kind of lists; Word knows no more."""
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{sign.format(level=level + 1)}"/>'
            '<w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP}"/></w:pPr>'
            "</w:lvl>"
            for level in range(LEVELS)
        )
        known = self._numbering.xpath("w:abstractNum/@w:abstractNumId")
        number = max(map(int, known), default=-1) + 1
        kind = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        self._numbering.insert(0, kind)
        return number


def indent(level: int) -> Length:
    """Return how far the text of a level stands from the margin."""
    return Twips(STEP * level)
