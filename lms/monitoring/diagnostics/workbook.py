"""The figures of a cohort as a workbook: schools by modules, n and who is missing."""

import io
from collections.abc import Sequence

from lms.core.tables import Table, Value
from lms.core.workbooks import new_workbook, write_table
from lms.monitoring.diagnostics.results import Line, Results
from lms.monitoring.diagnostics.wording import HIDDEN
from lms.work.credits.schedule import ScheduledModule

COLUMNS = {
    "Место": 36,
    "Приглашены": 10,
    "Прошли вход": 10,
    "Прошли выход": 10,
    "Прошли оба, n": 10,
    "Не прошли оба": 10,
    "Рост, пунктов": 10,
}
OF_MODULE = 16


def workbook_of(results: Results, modules: Sequence[ScheduledModule]) -> bytes:
    """Write one sheet; what may not be told stands there in the same word."""
    columns = COLUMNS | {module.short_label: OF_MODULE for module in modules}
    rows = [_cells(line, modules) for line in results.lines]
    file = io.BytesIO()
    with new_workbook(file) as book:
        write_table(book, Table("Диагностика", columns, rows))
    return file.getvalue()


def _cells(line: Line, modules: Sequence[ScheduledModule]) -> list[Value]:
    counts = line.invited, line.entered, line.left, line.both, line.missing
    if line.growth is None:
        return [line.name, *counts, *(HIDDEN for _ in range(1 + len(modules)))]
    values = [line.growth.mean, *(line.growth.mean_of(m.slug) for m in modules)]
    return [line.name, *counts, *(round(float(value), 1) for value in values)]
