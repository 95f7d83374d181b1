"""What a cohort has answered as a workbook: the same that the page tells."""

import io

from lms.core.tables import Table, Value
from lms.core.workbooks import new_workbook, write_table
from lms.monitoring.surveys.forms import MARKS
from lms.monitoring.surveys.results import Results

COLUMNS = {"Кто": 36, "Ответили": 10, "О чём": 50, "В среднем": 10}
WORDS = 100


def workbook_of(results: Results) -> bytes:
    """Write the marks on one sheet and the words on another, without schools."""
    columns = COLUMNS | {f"Выбрали {mark}": 8 for mark in MARKS}
    words: list[list[Value]] = [[text] for text in results.words]
    file = io.BytesIO()
    with new_workbook(file) as book:
        write_table(book, Table("Ответы", columns, _rows(results)))
        asked = {results.survey.open_question: WORDS}
        write_table(book, Table("Своими словами", asked, words))
    return file.getvalue()


def _rows(results: Results) -> list[list[Value]]:
    """Return a row for each place and scale."""
    return [
        [
            line.name,
            line.answers,
            scale.text,
            round(float(line.by_scale[scale.key].mean), 1),
            *line.by_scale[scale.key].row,
        ]
        for line in results.lines
        for scale in results.survey.scales
    ]
