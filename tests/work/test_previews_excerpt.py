"""The words of office documents: read within bounds, whatever a stranger has sent."""

import io

import docx
import pytest

from lms.work.previews import excerpt
from lms.work.previews.excerpt import Block
from lms.work.previews.reading import CROWDED, DAMAGED, LOCKED, excerpt_of
from tests.containers import OLE, crowded_archive, locked_open_document
from tests.sample_module import packed

ODT = """<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b">
<office:body><text:h>Карта</text:h><text:p>Пятеро <text:span>хотят</text:span> шить.
</text:p><table:table><table:table-row>
<table:table-cell><text:p>Кто</text:p></table:table-cell>
<table:table-cell><text:p>Анна</text:p></table:table-cell>
</table:table-row></table:table></office:body></office:document-content>"""
BOX = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:r><w:t>Слева </w:t></w:r><w:r><mc:AlternateContent>
<mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r><w:r><w:t>справа</w:t></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:ins><w:r><w:t>Вставка</w:t></w:r></w:ins></w:p>
</w:sdtContent></w:sdt></w:body></w:document>""".format(
    "<w:p><w:r><w:t>В рамке</w:t></w:r></w:p>"
)
ENTITIES = "<!DOCTYPE p [<!ENTITY b 'боб'>]><p>&b;</p>"
SLIDE = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>Слайд {}</a:t></a:p></p:sld>'


def word(fill):
    """A docx made by the library that schools' programs agree with."""
    document, file = docx.Document(), io.BytesIO()
    fill(document)
    document.save(file)
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


def test_text_box_of_word_is_read_once_and_content_controls_are_not_left_out():
    blocks = excerpt_of("docx", one_part("word/document.xml", BOX)).blocks

    assert [b.text for b in blocks] == ["Слева справа", "В рамке", "Вставка"]


def test_cell_over_two_columns_of_word_moves_no_other_one():
    def fill(document):
        rows = document.add_table(rows=2, cols=3).rows
        for row in rows:
            for cell, text in zip(row.cells, "абв", strict=True):
                cell.text = text
        rows[1].cells[0].merge(rows[1].cells[1])

    (table,) = excerpt_of("docx", word(fill)).blocks

    assert table.rows == [["а", "б", "в"], ["а\nб", "", "в"]]


def test_cells_of_an_open_document_stay_under_their_columns():
    text = (
        "<text xmlns:b='b'><table><table-row><table-cell><p>а</p></table-cell>"
        "<covered-table-cell/><table-cell><p>в</p></table-cell></table-row><table-row>"
        "<table-cell b:number-columns-repeated='2'/><table-cell><p>г</p></table-cell>"
        "</table-row></table></text>"
    )

    (table,) = excerpt_of("odt", one_part("content.xml", text)).blocks

    assert table.rows == [["а", "", "в"], ["", "", "г"]]


def test_table_inside_a_cell_of_an_open_document_takes_nothing_away():
    inner = "<table><table-row><table-cell><p>в</p></table-cell></table-row></table>"
    text = (
        "<text><table><table-row><table-cell><p>а</p></table-cell><table-cell><p>б</p>"
        f"{inner}<p>г</p></table-cell></table-row><table-row><table-cell><p>д</p>"
        "</table-cell></table-row></table><p>е</p></text>"
    )

    table, after = excerpt_of("odt", one_part("content.xml", text)).blocks

    assert table.rows == [["а", "б\nв\nг"], ["д"]]
    assert after.text == "е"


def test_comments_and_deleted_words_of_an_open_document_are_left_out():
    text = (
        "<text><tracked-changes><p>Было</p></tracked-changes>"
        "<p>Стало<annotation><creator>Анна</creator><p>Вот</p></annotation> так</p>"
        "</text>"
    )

    blocks = excerpt_of("odt", one_part("content.xml", text)).blocks

    assert [b.text for b in blocks] == ["Стало так"]


@pytest.mark.parametrize(
    ("kind", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")]
)
@pytest.mark.parametrize(
    "content",
    [
        b"<p>",
        "это не xml".encode(),
        ENTITIES.encode(),
        ENTITIES.encode("utf-16"),
        (" " * (64 * 1024 - 5) + ENTITIES).encode(),
    ],
    ids=["open", "words", "entities", "UTF-16", "split at 64 KB"],
)
def test_broken_document_is_unreadable(kind, part, content):
    broken = io.BytesIO(packed({part: content}))

    assert excerpt_of(kind, broken).refusal == DAMAGED


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        *((kind, OLE) for kind in ("docx", "xlsx", "pptx")),
        ("odt", locked_open_document("text")),
        ("ods", locked_open_document("spreadsheet")),
    ],
)
def test_document_under_a_password_is_called_so(kind, content):
    assert excerpt_of(kind, io.BytesIO(content)).refusal == LOCKED


@pytest.mark.parametrize("kind", ["zip", "docx", "xlsx", "odt"])
def test_crowded_archive_is_not_opened(kind):
    assert excerpt_of(kind, io.BytesIO(crowded_archive())).refusal == CROWDED


@pytest.mark.parametrize("kind", ["docx", "odt", "xlsx", "zip"])
def test_what_is_not_an_archive_is_unreadable(kind):
    assert excerpt_of(kind, io.BytesIO(b"PK but no archive")).refusal == DAMAGED


def test_archive_tells_the_first_names_in_it():
    names = ["фото.jpg", "a/b.txt", *(f"{n}.txt" for n in range(300))]
    archive = io.BytesIO(packed(dict.fromkeys(names, b"")))

    told = excerpt_of("zip", archive)

    assert told.names == names[: excerpt.MAX_NAMES]
    assert told.is_cut


def test_endless_name_in_an_archive_is_told_by_its_beginning():
    archive = io.BytesIO(packed({"а" * 30_000: b"", "a\u202egpj.exe": b""}))

    names = excerpt_of("zip", archive).names

    assert names == ["а" * excerpt.MAX_NAME + "…", "agpj.exe"]


@pytest.mark.parametrize("coding", ["cp866", "utf-8"])
def test_russian_names_without_the_mark_of_utf8_are_read(coding):
    name = "фото.jpg".encode(coding)
    archive = packed({"x" * len(name): b""}).replace(b"x" * len(name), name)

    assert excerpt_of("zip", io.BytesIO(archive)).names == ["фото.jpg"]


def test_archive_of_a_mac_shows_what_its_owner_has_put_there():
    names = ["отчёт\u202egpj.exe", "__MACOSX/._a", "a/.DS_Store", "a/b.txt"]
    archive = io.BytesIO(packed(dict.fromkeys(names, b"")))

    assert excerpt_of("zip", archive).names == ["отчётgpj.exe", "a/b.txt"]
