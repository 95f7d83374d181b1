"""The registry as a workbook, and beside it the sheet that people sign."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lms.core.tables import Table, Value
from lms.core.workbooks import new_workbook, write_table
from lms.outcomes.certificates.models import Certificate

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Line = list[Value]
# Room for a signature, in points.
LINE_TO_SIGN = 26
# More would hold a worker for longer than a page may.
MOST_ROWS = 2_000
REGISTRY = {
    "№": 6,
    "Номер": 18,
    "Дата выдачи": 12,
    "Фамилия, имя, отчество": 36,
    "Школа": 30,
    "Населённый пункт": 22,
    "Команда": 20,
    "Поток": 26,
    "Состояние": 14,
    "Причина отзыва": 40,
}
RECEIPTS = {
    "№": 5,
    "Фамилия, имя, отчество": 38,
    "Документ": 16,
    "Номер": 18,
    "Дата выдачи": 12,
    "Подпись": 26,
}


def registry_lines(certificates: Sequence[Certificate]) -> list[Line]:
    """Return a line for each certificate, in the order of the page."""
    return [
        [
            place,
            one.number,
            one.issued_on,
            one.holder_name,
            one.school_name,
            one.municipality,
            one.team_name,
            one.cohort.name,
            one.state.value,
            one.revoked_reason,
        ]
        for place, one in enumerate(certificates, 1)
    ]


def receipt_lines(certificates: Sequence[Certificate]) -> list[Line]:
    """Return a line to sign for each certificate in force, by school and name."""
    valid = [one for one in certificates if one.is_valid]
    valid.sort(key=lambda one: (one.school_name, one.holder_name))
    return [
        [place, one.holder_name, "сертификат", one.number, one.issued_on, ""]
        for place, one in enumerate(valid, 1)
    ]


def workbook_of(certificates: Sequence[Certificate]) -> bytes:
    """Write both sheets; the second is ready to be printed on A4."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        _write(book, Table("Реестр", REGISTRY, registry_lines(certificates)))
        lines = receipt_lines(certificates)
        receipts = _write(book, Table("Ведомость выдачи", RECEIPTS, lines))
        for row in range(1, len(lines) + 1):
            receipts.set_row(row, LINE_TO_SIGN)
        receipts.set_footer("&LВыдал(а) ______________________&RСтраница &P из &N")
    return file.getvalue()


def _write(book: "Workbook", table: Table) -> "Worksheet":
    """Write lines under a title that stands on every printed page."""
    sheet = write_table(book, table)
    sheet.set_header(f"&L&B{table.title}&R&D")
    return sheet
