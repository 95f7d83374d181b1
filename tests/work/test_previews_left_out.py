"""What a document has beside the words of its excerpt is named."""

import io

import docx
import pytest

from lms.work.previews.reading import excerpt_of
from tests.sample_module import packed

WORDS = "<w:hdr><w:p><w:r><w:t>Школа</w:t></w:r></w:p></w:hdr>".encode()
NUMBER = b"<w:ftr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:ftr>"
SLIDE, BODY = "ppt/slides/slide1.xml", "word/document.xml"
HEADER = "<s xmlns:style='s'><style:header><p>{}</p></style:header></s>"


def told(kind, **parts):
    """What the excerpt of a file with these parts says it leaves out."""
    return excerpt_of(kind, io.BytesIO(packed(parts))).left_out


def word(inside):
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = (
        f"<document xmlns='{w}'><body><p><r><t>Да</t></r>{inside}</p></body></document>"
    )
    return {BODY: text.encode()}


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<r><footnoteReference/></r>", "сноски"),
        ("<r><commentReference/></r>", "примечания"),
        ("<ins><r><t>и</t></r></ins><del/>", "исправления"),
        ("<r><drawing><pic/></drawing></r>", "рисунки"),
        ("<r><drawing><chart/></drawing></r>", "диаграммы"),
        ("<r><drawing><relIds/></drawing></r>", "схемы SmartArt"),
        ("<r><object><OLEObject/></object></r>", "вложенные объекты"),
        ("<altChunk/>", "вставленные документы"),
    ],
)
def test_word_document_names_what_is_beside_its_text(inside, what):
    assert told("docx", **word(inside)) == [what]


def test_headers_of_word_are_named_when_there_are_words_in_them():
    assert told("docx", **word(""), **{"word/header1.xml": WORDS}) == ["колонтитулы"]
    assert told("docx", **word(""), **{"word/footer1.xml": NUMBER}) == []


def test_document_as_word_makes_it_has_nothing_beside_its_text():
    file = io.BytesIO()
    docx.Document().save(file)

    assert excerpt_of("docx", file).left_out == []


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<pic/>", "рисунки"),
        ("<graphicData><relIds/></graphicData>", "схемы SmartArt"),
        ("<graphicData><oleObj/></graphicData>", "вложенные объекты"),
        ("<pic><videoFile/></pic>", "видео и звук"),
    ],
)
def test_slides_name_what_is_beside_their_text(inside, what):
    assert what in told("pptx", **{SLIDE: f"<sld>{inside}</sld>".encode()})


def test_notes_of_slides_are_named_when_there_are_words_in_them():
    notes = "ppt/notesSlides/notesSlide1.xml"

    assert told("pptx", **{SLIDE: b"<sld/>", notes: WORDS}) == ["заметки к слайдам"]
    assert told("pptx", **{SLIDE: b"<sld/>", notes: NUMBER}) == []


def test_footnote_of_an_open_document_stays_out_of_the_words_around_it():
    text = (
        "<text><p>До<note><note-body><p>Сноска</p></note-body></note> после</p></text>"
    )

    read = excerpt_of("odt", io.BytesIO(packed({"content.xml": text.encode()})))

    assert [block.text for block in read.blocks] == ["До после"]
    assert read.left_out == ["сноски"]


def test_headers_of_an_open_document_are_named_when_there_are_words_in_them():
    styles = {n: HEADER.format(n).encode() for n in ("Школа", "1")}
    content = b"<text><p>1</p></text>"

    has_words, has_none = (
        told("odt", **{"content.xml": content, "styles.xml": styles[n]})
        for n in ("Школа", "1")
    )

    assert (has_words, has_none) == (["колонтитулы"], [])
