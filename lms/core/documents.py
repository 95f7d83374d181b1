"""Word documents that leave the site: A4, real headings, one look."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, PINE = "Arial", "0F6B52"
SIZES = {"Normal": 11, "Title": 24, "Heading 1": 16, "Heading 2": 12}


def new_document(title: str) -> WordDocument:
    """Begin a document; a reader of screens hears its title in Russian."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    for name, size in SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(PINE)
    document.core_properties.title = title
    document.core_properties.language = "ru-RU"
    return document


def bytes_of(document: WordDocument) -> bytes:
    """Return a document as the bytes of a .docx."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
