"""A closed report as a Word document and as a workbook."""

import io
from collections.abc import Callable, Sequence

from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION

from lms.core.documents import MEDIA_TYPE as WORD
from lms.core.documents import (
    ON_ITS_SIDE,
    add_table,
    bytes_of,
    lay_on_its_side,
    lay_upright,
    new_document,
)
from lms.core.fields import printable
from lms.core.language import clock, full_day, local_day
from lms.core.tables import Table
from lms.core.workbooks import MEDIA_TYPE as EXCEL
from lms.core.workbooks import new_page, new_workbook, put_table
from lms.monitoring.reports.models import ReportEdition
from lms.monitoring.reports.printed import WHY_HIDDEN, Printed, spelled_figure
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.services import CONCLUSIONS
from lms.monitoring.reports.snapshot import Block, Source

NOT_DONE = "В этом году не велось."
LAST = "Выводы и следующий год"
SUMMED = "Из чего сложен отчёт"


def word_report(printed: Printed, title: str, note: str) -> bytes:
    """Write real headings, captions over tables, and wide tables on their side."""
    document = new_document(title)
    document.add_paragraph(printable(title), style="Title")
    document.add_paragraph(note)
    if sources := printed.snapshot.sources:
        document.add_heading(SUMMED, level=1)
        add_table(document, _summed(sources))
    number = 0
    for block in printed.snapshot.blocks:
        document.add_heading(block.title, level=1)
        if block.is_empty:
            document.add_paragraph(NOT_DONE)
            continue
        if block.figures:
            add_table(document, _figures(block))
        for grid in printed.grids(block):
            if grid.rows:
                number += 1
                _add_grid(document, printed.table(grid), number, is_wide=grid.is_wide)
        if block.hides:
            document.add_paragraph(WHY_HIDDEN)
    _add_conclusions(document, printed)
    return bytes_of(document)


def _add_grid(
    document: WordDocument, table: Table, number: int, *, is_wide: bool
) -> None:
    if is_wide:
        lay_on_its_side(document.add_section(WD_SECTION.NEW_PAGE))
    document.add_paragraph(f"Таблица {number}. {table.title}", style="Caption")
    if not is_wide:
        add_table(document, table)
        return
    add_table(document, table, ON_ITS_SIDE)
    lay_upright(document.add_section(WD_SECTION.NEW_PAGE))


def _figures(block: Block) -> Table:
    rows = [[figure.label, spelled_figure(figure)] for figure in block.figures]
    return Table(block.title, {"Показатель": 60, "Сколько": 30}, rows)


def _summed(sources: Sequence[Source]) -> Table:
    """Name the districts whose reports a region has summed, and those it lacks."""
    rows = [[source.territory, _edition_of(source)] for source in sources]
    return Table(SUMMED, {"Территория": 40, "Закрытый отчёт": 50}, rows)


def _edition_of(source: Source) -> str:
    if not source.number:
        return "не закрыт, в сумму не вошёл"
    return f"редакция № {source.number}"


def _add_conclusions(document: WordDocument, printed: Printed) -> None:
    document.add_heading(LAST, level=1)
    for key, label in CONCLUSIONS.items():
        document.add_heading(label, level=2)
        for line in (printed.snapshot.texts.get(key) or "—").splitlines():
            document.add_paragraph(printable(line))


def excel_report(printed: Printed, title: str, note: str) -> bytes:
    """Write a sheet for each block: its figures, and its tables below one another."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        if sources := printed.snapshot.sources:
            put_table(book, new_page(book, SUMMED), _summed(sources), top=0)
        for block in printed.snapshot.blocks:
            page = new_page(book, block.title)
            page.set_landscape()
            page.write(0, 0, f"{title}. {note}")
            row = put_table(book, page, _figures(block), top=2)
            for grid in printed.grids(block):
                page.write(row + 1, 0, grid.title)
                row = put_table(book, page, printed.table(grid), top=row + 2)
            if block.hides:
                page.write(row + 1, 0, WHY_HIDDEN)
        texts = printed.snapshot.texts
        rows = [[label, texts.get(key) or None] for key, label in CONCLUSIONS.items()]
        last = Table(LAST, {"О чём": 30, "Текст": 80}, rows)
        put_table(book, new_page(book, LAST), last, top=0)
    return file.getvalue()


def title_of(scope: Scope) -> str:
    """Return what stands on top of the paper."""
    return f"Годовой отчёт за {scope.year.label} учебный год. {scope.title}"


def note_of(edition: ReportEdition) -> str:
    """Say on paper which edition it is; paper outlives today, and this year."""
    at = edition.closed_at
    closed = f"{full_day(local_day(at))}, {clock(at)}"
    return f"Редакция № {edition.number}, закрыта {closed}. Отпечаток {edition.sha256}."


# What makes a file, and its media type, by the ending.
Maker = Callable[[Printed, str, str], bytes]
FILES: dict[str, tuple[Maker, str]] = {
    "docx": (word_report, WORD),
    "xlsx": (excel_report, EXCEL),
}
