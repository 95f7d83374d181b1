"""How every document to download looks: one A4 page style for Word and for Excel.

The documents beside the lessons are made by the programs in this folder, so that
they can be changed without redrawing: `python content/documents/make.py`.
"""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

CONTENT = Path(__file__).parent.parent
PINE, PINE_WASH, INK_2 = "0F6B52", "E6F2EC", "566072"
FONT = "Arial"
COURSE = "Точка сборки · курс «Школа — центр социума»"


def new_document(title: str, lead: str, *, landscape: bool = False) -> WordDocument:
    """Start an A4 Word document with a title, a lead sentence and a footer."""
    document = Document()
    section = document.sections[0]
    sides = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    if landscape:
        section.orientation = 1
    document.core_properties.title = title
    document.core_properties.author = "Точка сборки"
    document.core_properties.language = "ru-RU"
    for name, size in [("Normal", 11), ("Title", 22), ("Heading 1", 15)]:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.bold = True
            style.font.color.rgb = RGBColor.from_string(PINE)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.add_paragraph(title, style="Title")
    document.add_paragraph(lead)
    footer = section.footer.paragraphs[0].add_run(COURSE)
    footer.font.size, footer.font.color.rgb = Pt(9), RGBColor.from_string(INK_2)
    return document


def add_table(
    document: WordDocument,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[int],
    row_height: int = 9,
) -> None:
    """Add a ruled table; `widths` and `row_height` are millimetres."""
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
        _shade(cell)
    _repeat_header(table.rows[0])
    for texts in rows:
        row = table.add_row()
        row.height = Mm(row_height)
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    # Word reads the widths of cells, LibreOffice those of the grid.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    document.add_paragraph()


def _shade(cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), PINE_WASH)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_header(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def new_workbook(path: Path, title: str) -> tuple[Workbook, dict[str, Format]]:
    """Start an Excel workbook; the formats are title, head, text, input and result."""
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": title, "author": "Точка сборки", "comments": COURSE})
    plain = {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
    boxed = plain | {"border": 1, "border_color": "#D3CFC3"}
    money = {"num_format": "#,##0"}
    formats = {
        "title": plain | {"bold": True, "font_size": 16, "font_color": f"#{PINE}"},
        "note": plain | {"font_color": f"#{INK_2}"},
        "head": boxed | {"bold": True, "bg_color": f"#{PINE_WASH}"},
        "text": boxed,
        "input": boxed | money | {"bg_color": "#FDF3E1"},
        "result": boxed | money | {"bold": True},
    }
    formats["title"]["text_wrap"] = False
    return book, {name: book.add_format(rules) for name, rules in formats.items()}


def a4(sheet: Worksheet, *, landscape: bool = False) -> None:
    """Make a sheet print on one A4 page's width."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L&9{COURSE}")
