"""The plan of a pair as files: a Word document that lies on its side, a workbook."""

import io

from lms.core.documents import (
    ON_ITS_SIDE,
    add_table,
    bytes_of,
    lay_on_its_side,
    new_document,
)
from lms.core.fields import printable
from lms.core.workbooks import new_workbook, write_table
from lms.network.pairs.models import Pair
from lms.network.pairs.tables import about, plan_of


def word_plan(pair: Pair) -> bytes:
    """Return the plan as a Word document that lies on its side."""
    title = f"Пара школ: {pair.title}"
    document = new_document(title)
    lay_on_its_side(document.sections[0])
    document.add_paragraph(printable(title), style="Title")
    for line in about(pair):
        document.add_paragraph(printable(line))
    add_table(document, plan_of(pair.events), ON_ITS_SIDE)
    return bytes_of(document)


def workbook_of(pair: Pair) -> bytes:
    """Return the plan as a workbook."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        write_table(book, plan_of(pair.events))
    return file.getvalue()
