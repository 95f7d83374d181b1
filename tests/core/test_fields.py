"""What forms make of the text that people type."""

import io

from python_calamine import CalamineWorkbook

from lms.core.fields import printable
from lms.core.workbooks import new_sheet, new_workbook


def test_breaks_of_word_become_line_breaks_and_other_signs_vanish():
    assert printable("Раз\x0bдва\x0cтри\x00\x08\x0e\x1f\ufffe\uffff\t.") == (
        "Раз\nдва\nтри\t."
    )


def test_workbook_holds_no_sign_that_xml_forbids():
    file = io.BytesIO()
    with new_workbook(file) as book:
        new_sheet(book, "Лист").write_row(0, 0, ["Опрос\x0bродителей\x01", 7])

    file.seek(0)
    (row,) = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).iter_rows()
    assert row == ["Опрос\nродителей", 7]
