"""The plan as a Word document with real headings and a table of contents."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from lms.core.language import day, full_day, short_name
from lms.outcomes.plans.blocks import Block, Run, blocks_of
from lms.outcomes.plans.models import PlanAction
from lms.outcomes.plans.plan import Section
from lms.schools.teams.models import Team

FONT, PINE = "Arial", "0F6B52"
TITLE = "План развития школы"


def word_plan(
    team: Team, sections: Sequence[Section], actions: Sequence[PlanAction]
) -> bytes:
    """Return the plan as the bytes of a .docx."""
    document = _new_document()
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(f"{team.school.name}, {team.school.municipality}")
    document.add_paragraph(f"Команда «{team.name}»")
    _add_contents(document, sections, with_actions=bool(actions))
    for section in sections:
        _add_section(document, section)
    if actions:
        _add_actions(document, actions)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def source_line(section: Section) -> str:
    """Say where the words of a section come from."""
    sent_on = full_day(section.attempt.sent_at.date())
    sender = short_name(section.attempt.sent_by.full_name)
    return f"Источник: версия {section.attempt.number} работы, {sent_on}, {sender}"


def _new_document() -> WordDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    for name, size in [
        ("Normal", 11),
        ("Title", 24),
        ("Heading 1", 16),
        ("Heading 2", 12),
    ]:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(PINE)
    document.core_properties.title = TITLE
    document.core_properties.language = "ru-RU"
    return document


def _add_contents(
    document: WordDocument, sections: Sequence[Section], *, with_actions: bool
) -> None:
    """Add a contents field; its lines are there before Word updates the pages."""
    titles = [_numbered(section) for section in sections]
    lines = titles + (["План и факт"] if with_actions else [])
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


def _numbered(section: Section) -> str:
    return f"{section.position}. {section.title}" if section.position else section.title


def _add_section(document: WordDocument, section: Section) -> None:
    document.add_heading(_numbered(section), level=1)
    for paragraph in section.paragraphs:
        document.add_heading(paragraph.label, level=2)
        _add_blocks(document, blocks_of(str(paragraph.html)))
    source = document.add_paragraph().add_run(source_line(section))
    source.italic, source.font.size = True, Pt(9)


def _add_blocks(container: Any, blocks: Sequence[Block], style: str = "") -> None:
    for block in blocks:
        kind = block["kind"]
        if kind == "list":
            name = "List Number" if block["ordered"] else "List Bullet"
            for item in block["items"]:
                _add_blocks(container, item, name)
        elif kind == "quote":
            _add_blocks(container, block["blocks"], "Quote")
        elif kind == "table":
            _add_table(container, block["rows"])
        else:
            paragraph = container.add_paragraph(style=style or None)
            _add_runs(paragraph, block["runs"], bold=kind == "heading")


def _add_runs(
    paragraph: WordParagraph, runs: Sequence[Run], *, bold: bool = False
) -> None:
    for run in runs:
        link = run.get("link", "")
        extra = f" ({link})" if link and link != run["text"] else ""
        words = paragraph.add_run(run["text"] + extra)
        words.bold = bold or run.get("bold", False)
        words.italic = run.get("italic", False)


def _add_table(document: WordDocument, rows: Sequence[Sequence[list[Run]]]) -> None:
    width = max((len(row) for row in rows), default=0)
    if not width:
        return
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, runs in zip(cells, row, strict=False):
            _add_runs(cell.paragraphs[0], runs, bold=number == 0)
    document.add_paragraph()


def _add_actions(document: WordDocument, actions: Sequence[PlanAction]) -> None:
    document.add_heading("План и факт", level=1)
    rows = [[[{"text": title}] for title in ("Что", "Кто", "Срок", "Факт")]]
    rows += [
        [[{"text": text}] for text in (a.what, a.who, day(a.due_on), outcome(a))]
        for a in actions
    ]
    _add_table(document, rows)


def outcome(action: PlanAction) -> str:
    """Say what became of a planned line."""
    if action.done_on:
        return f"сделано {day(action.done_on)}"
    return f"не сделано: {action.why_not}" if action.why_not else "впереди"
