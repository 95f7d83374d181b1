"""The plan as a Word document with real headings and a table of contents."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from lms.core.documents import bytes_of, new_document
from lms.outcomes.plans.blocks import Block, Run
from lms.outcomes.plans.numbering import Lists, indent
from lms.outcomes.plans.paper import TITLE, Paper, PaperSection


def word_plan(paper: Paper) -> bytes:
    """Return the plan as the bytes of a .docx."""
    document = new_document(TITLE)
    lists = Lists(document)
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(paper.school)
    document.add_paragraph(paper.team)
    _add_contents(document, paper)
    for section in paper.sections:
        _add_section(document, lists, section)
    if paper.actions:
        _add_actions(document, paper.actions)
    return bytes_of(document)


def _add_contents(document: WordDocument, paper: Paper) -> None:
    """Add a contents field; its lines are there before Word updates the pages."""
    titles = [section.title for section in paper.sections]
    lines = titles + (["План и факт"] if paper.actions else [])
    document.add_paragraph("Содержание").runs[0].bold = True
    first = document.add_paragraph()
    _add_field_part(first, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = r'TOC \o "1-2" \h \z \u'
    first.add_run()._r.append(instruction)
    _add_field_part(first, "separate")
    paragraph = first
    for number, line in enumerate(lines):
        paragraph = first if number == 0 else document.add_paragraph()
        paragraph.add_run(line)
    _add_field_part(paragraph, "end")
    document.add_page_break()  # type: ignore[no-untyped-call]


def _add_field_part(paragraph: WordParagraph, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(part)


def _add_section(document: WordDocument, lists: Lists, section: PaperSection) -> None:
    document.add_heading(section.title, level=1)
    for paragraph in section.paragraphs:
        document.add_heading(paragraph.label, level=2)
        _add_blocks(document, lists, paragraph.blocks)
    source = document.add_paragraph().add_run(section.source)
    source.italic, source.font.size = True, Pt(9)


def _add_blocks(
    document: WordDocument,
    lists: Lists,
    blocks: Sequence[Block],
    style: str = "Normal",
    level: int = 0,
) -> None:
    """Add blocks that stand inside `level` lists."""
    for block in blocks:
        kind = block["kind"]
        if kind == "list":
            _add_list(document, lists, block, level)
        elif kind == "quote":
            _add_blocks(document, lists, block["blocks"], "Quote", level)
        elif kind == "table":
            _add_table(document, block["rows"])
        else:
            paragraph = _new_paragraph(document, style)
            if level:
                paragraph.paragraph_format.left_indent = indent(level)
            _add_runs(paragraph, block["runs"], bold=kind == "heading")


def _new_paragraph(document: WordDocument, style: str) -> WordParagraph:
    """Add a paragraph in a style that the template is known to have.

    python-docx would look through all paragraphs for the place and through all styles
    for the name, which takes seconds for a plan of thousands of lines.
    """
    element: Any = OxmlElement("w:p")
    document.element.body[-1].addprevious(element)  # the last one is no paragraph
    if style != "Normal":
        element.style = style.replace(" ", "")
    return WordParagraph(element, document._body)


def _add_list(document: WordDocument, lists: Lists, block: Block, level: int) -> None:
    """Add a list; of an item, only the first paragraph has a number or a bullet."""
    ordered = block["ordered"]
    number = lists.begin(ordered=ordered, level=level, start=block["start"])
    for item in block["items"]:
        rest = item
        if item and "runs" in item[0]:
            first, *rest = item
            style = "List Number" if ordered else "List Bullet"
            paragraph = _new_paragraph(document, style)
            lists.put(paragraph, number, level)
            _add_runs(paragraph, first["runs"], bold=first["kind"] == "heading")
        _add_blocks(document, lists, rest, "List Continue", level + 1)


def _add_runs(
    paragraph: WordParagraph, runs: Sequence[Run], *, bold: bool = False
) -> None:
    for run in runs:
        link = run.get("link", "")
        extra = f" ({link})" if link and link != run["text"] else ""
        words = paragraph.add_run(run["text"] + extra)
        marks = words._r.get_or_add_rPr()  # once: each mark would look for it anew
        marks.append(_mark("w:b", is_on=bold or run.get("bold", False)))
        marks.append(_mark("w:i", is_on=run.get("italic", False)))


def _mark(name: str, *, is_on: bool) -> Any:
    """Return a mark of letters that overrules the style in both directions."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "1" if is_on else "0")
    return mark


def _add_table(document: WordDocument, rows: Sequence[Sequence[list[Run]]]) -> None:
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")
    for number, (line, row) in enumerate(zip(table._tbl.tr_lst, rows, strict=True)):
        # The library would look at the whole row for each of its cells.
        for cell, runs in zip(line.tc_lst, row, strict=False):
            paragraph = WordParagraph(cell.p_lst[0], document._body)
            _add_runs(paragraph, runs, bold=number == 0)
    document.add_paragraph()


def _add_actions(document: WordDocument, actions: Sequence[Sequence[str]]) -> None:
    document.add_heading("План и факт", level=1)
    lines = [("Что", "Кто", "Срок", "Факт"), *actions]
    _add_table(document, [[[{"text": text}] for text in line] for line in lines])
