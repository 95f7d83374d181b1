"""The cells of spreadsheets: shown as their program shows them, and no hidden ones."""

import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from lms.work.previews import excerpt, layouts
from lms.work.previews.number_formats import shown
from lms.work.previews.reading import excerpt_of
from tests.sample_module import packed

MAY = datetime(2026, 5, 14, 18, 20, 5)
# Excel's own format «Финансовый»: for positive, for negative numbers, for zero.
ACCOUNTS = '_-* #,##0.00\\ "₽"_-;\\-* #,##0.00\\ "₽"_-;_-* "-"??\\ "₽"_-;_-@_-'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:'
    'office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/>'
    "</style:style><office:body><office:spreadsheet>{}"
    "</office:spreadsheet></office:body></office:document-content>"
)
PAGE = '<table:table table:name="Лист">{}</table:table>'
ROW = "<table:table-row{}>{}</table:table-row>"


def sheet(fill):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        fill(book)
    file.seek(0)
    return file


def open_sheet(text):
    return io.BytesIO(packed({"content.xml": ODS.format(text).encode()}))


def cell(text, told=""):
    return f"<table:table-cell{told}><text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.5, "0%", "50 %"),
        (0.125, "0.0%", "12,5 %"),
        (1234567.891, "#,##0.00", "1 234 567,89"),
        (1234.5, "#\\ ##0", "1 235"),
        (1234.5, "#,##0.00\\ [$₽-419]", "1 234,50 ₽"),
        (1234.5, ACCOUNTS, "1 234,50 ₽"),
        (-1234.5, ACCOUNTS, "-1 234,50 ₽"),
        (0, ACCOUNTS, "- ₽"),
        (-5, "#,##0;[Red]\\(#,##0\\)", "(5)"),
        (12.5, '[Red]0.00 "руб., сдано"', "12,50 руб., сдано"),
        (2_500_000, '0.0,, "млн"', "2,5 млн"),
        (7, "000", "007"),
        (1.005, "0.00", "1,01"),
        (12, 'General" шт."', "12 шт."),
        (5, ";;;", ""),
        (0.5, "# ?/?", "0,5"),
        (89991234567, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "89991234567"),
        (0.1 + 0.2, "", "0,3"),
        (True, "0", "ИСТИНА"),
    ],
)
def test_number_is_shown_by_its_format(number, code, text):
    assert shown(number, code).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize(
    ("moment", "code", "text"),
    [
        (MAY, "d mmmm yyyy", "14 мая 2026"),
        (MAY, "[$-419]mmmm\\ yyyy;@", "май 2026"),
        (MAY, "ddd dd/mm/yy", "чт 14/05/26"),
        (MAY, "d mmm hh:mm", "14 мая 18:20"),
        (MAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "14 мая 2026 г."),
        (MAY, "h:mm AM/PM", "6:20 PM"),
        (MAY, "mm:ss.0", "20:05"),
        (MAY, "", "14.05.2026 18:20"),
        (date(2026, 5, 14), 'd "число"', "14 число"),
        (time(8, 5), "h:mm", "8:05"),
        (timedelta(days=1, hours=12, minutes=5), "[h]:mm:ss", "36:05:00"),
        (timedelta(hours=1), "[m]", "60"),
        (timedelta(hours=-2), "[h]:mm", "-2:00"),
    ],
)
def test_moment_is_shown_by_its_format(moment, code, text):
    assert shown(moment, code) == text


def test_workbook_gives_its_cells_as_they_are_shown():
    def fill(book):
        share, day, own = (book.add_format({"num_format": f}) for f in (9, 14, "mmmm"))
        page = book.add_worksheet("Доли & дни")
        page.write_row(0, 0, ["Кто", 7, 0.1 + 0.2, True])
        page.write_number(1, 1, 0.5, share)
        page.write_datetime(2, 0, date(2026, 5, 14), day)
        page.write_datetime(2, 1, MAY, own)

    (table,) = excerpt_of("xlsx", sheet(fill)).blocks

    assert table.rows == [
        ["Кто", "7", "0,3", "ИСТИНА"],
        ["", "50\N{NO-BREAK SPACE}%"],
        ["14.05.2026", "май"],
    ]


def test_hidden_lines_columns_and_sheets_of_a_workbook_are_left_out_and_named():
    def fill(book):
        page = book.add_worksheet()
        for row in range(3):
            page.write_row(row, 0, [f"а{row}", f"б{row}", f"в{row}"])
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet().hide()

    told = excerpt_of("xlsx", sheet(fill))

    assert told.blocks[0].rows == [["а0", "в0"], ["а2", "в2"]]
    assert told.left_out == ["скрытые столбцы", "скрытые строки", "скрытые листы"]


def test_hidden_emptiness_is_not_mentioned():
    def fill(book):
        page = book.add_worksheet()
        page.write(0, 0, "Да")
        page.set_row(5, None, None, {"hidden": True})
        page.set_column(5, 16383, None, None, {"hidden": True})

    assert excerpt_of("xlsx", sheet(fill)).left_out == []


def test_open_spreadsheet_gives_what_its_cells_show():
    number = ' office:value-type="float" office:value="2.50"'
    rows = cell("Анна") + cell("50%", number) + f"<table:table-cell{number}/>"
    rows += '<table:table-cell table:number-columns-repeated="16381"/>'

    (table,) = excerpt_of("ods", open_sheet(PAGE.format(ROW.format("", rows)))).blocks

    assert table.rows == [["Анна", "50%", "2,5"]]


def test_hidden_lines_columns_and_sheets_of_an_open_spreadsheet_are_left_out():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    rows = ROW.format(' table:number-rows-repeated="2"', cell("а") + cell("б"))
    rows += ROW.format(' table:visibility="filter"', cell("в"))
    hidden = PAGE.format(ROW.format("", cell("г")))
    hidden = hidden.replace("table:name=", 'table:style-name="ta2" table:name=')

    told = excerpt_of("ods", open_sheet(PAGE.format(columns + rows) + hidden))

    assert [block.rows for block in told.blocks] == [[["а"], ["а"]]]
    assert told.left_out == ["скрытые столбцы", "скрытые строки", "скрытые листы"]


def test_huge_sheet_is_cut():
    def fill(book):
        page = book.add_worksheet()
        for row in range(600):
            page.write_row(row, 0, range(20))

    result = excerpt_of("xlsx", sheet(fill))

    assert result.is_cut
    assert sum(map(len, result.blocks[0].rows)) <= excerpt.MAX_CELLS


def test_sheet_of_empty_cells_with_formats_is_cut_where_enough_was_read(monkeypatch):
    def fill(book):
        page, bold = book.add_worksheet(), book.add_format({"bold": True})
        for row in range(3000):
            page.write_blank(row, 0, None, bold)
        page.write(0, 0, "Начало")
        page.write(3000, 0, "Конец")

    monkeypatch.setattr(layouts, "MAX_CHUNKS", 1)

    told = excerpt_of("xlsx", sheet(fill))

    assert told.is_cut
    assert [block.rows for block in told.blocks] == [[["Начало"]]]
