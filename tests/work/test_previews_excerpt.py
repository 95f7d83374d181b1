"""The words of office documents: read within bounds, whatever a stranger has sent."""

import io
from datetime import date, datetime

import docx
import pytest
import xlsxwriter

from lms.work.previews import excerpt
from lms.work.previews.excerpt import Block, UnreadableError, excerpt_of, names_in
from tests.sample_module import packed

ODT = """<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b">
<office:body><text:h>Карта</text:h><text:p>Пятеро <text:span>хотят</text:span> шить.
</text:p><table:table><table:table-row>
<table:table-cell><text:p>Кто</text:p></table:table-cell>
<table:table-cell><text:p>Анна</text:p></table:table-cell>
</table:table-row></table:table></office:body></office:document-content>"""
SLIDE = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>Слайд {}</a:t></a:p></p:sld>'


def word(fill):
    """A docx made by the library that schools' programs agree with."""
    document, file = docx.Document(), io.BytesIO()
    fill(document)
    document.save(file)
    return file


def sheet(fill):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        fill(book)
    return file


def one_part(name, text):
    return io.BytesIO(packed({name: text.encode()}))


def test_word_gives_paragraphs_and_tables_in_their_order():
    def fill(document):
        document.add_heading("Карта", 1)
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Кто", "Анна"
        document.add_paragraph("Конец.")

    blocks = excerpt_of("docx", word(fill)).blocks

    assert [b.text for b in blocks] == ["Карта", "", "Конец."]
    assert blocks[1].rows == [["Кто", "Анна"]]


def test_spreadsheet_gives_texts_numbers_and_days():
    def fill(book):
        day, own = (book.add_format({"num_format": f}) for f in (14, "d mmm hh:mm"))
        page = book.add_worksheet()
        page.write_row(0, 0, ["Кто", 7])
        page.write_datetime(1, 0, date(2026, 5, 14), day)
        page.write_datetime(1, 1, datetime(2026, 5, 14, 18, 20), own)

    (table,) = excerpt_of("xlsx", sheet(fill)).blocks

    assert table.rows == [["Кто", "7"], ["14.05.2026", "14.05.2026 18:20"]]


def test_words_in_a_format_do_not_make_a_day():
    def fill(book):
        euro = book.add_format({"num_format": '[Red]0.00 "руб., сдано"'})
        book.add_worksheet().write_number(0, 0, 12.5, euro)

    assert excerpt_of("xlsx", sheet(fill)).blocks[0].rows == [["12.5"]]


def test_open_document_gives_its_words():
    blocks = excerpt_of("odt", one_part("content.xml", ODT)).blocks

    assert blocks[:2] == [Block("Карта"), Block("Пятеро хотят шить.\n")]
    assert blocks[2].rows == [["Кто", "Анна"]]


def test_slides_come_in_the_order_of_their_numbers():
    slides = {f"ppt/slides/slide{n}.xml": SLIDE.format(n).encode() for n in (10, 2, 1)}

    blocks = excerpt_of("pptx", io.BytesIO(packed(slides))).blocks

    assert [b.text for b in blocks] == ["Слайд 1", "Слайд 2", "Слайд 10"]


def test_long_document_is_cut():
    def fill(document):
        for _ in range(200):
            document.add_paragraph("слово " * 100)

    result = excerpt_of("docx", word(fill))

    assert result.is_cut
    assert sum(len(block.text) for block in result.blocks) <= excerpt.MAX_CHARS


def test_huge_sheet_is_cut():
    def fill(book):
        page = book.add_worksheet()
        for row in range(600):
            page.write_row(row, 0, range(20))

    result = excerpt_of("xlsx", sheet(fill))

    assert result.is_cut
    assert sum(map(len, result.blocks[0].rows)) <= excerpt.MAX_CELLS


def test_bomb_is_left_before_it_goes_off():
    bomb = one_part("word/document.xml", "<w><p>" + " " * 40_000_000)

    assert excerpt_of("docx", bomb).is_cut


@pytest.mark.parametrize(
    "text", ["<p>", "<!DOCTYPE a [<!ENTITY b 'c'>]><p>&b;</p>", "это не xml"]
)
def test_broken_document_is_unreadable(text):
    with pytest.raises(UnreadableError):
        excerpt_of("docx", one_part("word/document.xml", text))


def test_what_is_not_an_archive_is_unreadable():
    file = io.BytesIO(b"PK but no archive")

    with pytest.raises(UnreadableError):
        names_in(file)
    with pytest.raises(UnreadableError):
        excerpt_of("docx", file)


def test_archive_tells_the_names_in_it():
    archive = io.BytesIO(packed({"фото.jpg": b"", "a/b.txt": b""}))

    assert names_in(archive) == ["фото.jpg", "a/b.txt"]
