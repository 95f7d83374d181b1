"""What may lie in a module's folder `media/`."""

import struct
import tracemalloc
import zlib

import pytest

from lms.core.language import NBSP
from lms.course.content import media
from lms.course.content.media import check_media
from lms.course.content.problems import Problems
from tests.containers import (
    BROKEN_ODT,
    OLD_WORD,
    OLE,
    crowded_archive,
    locked_open_document,
    packed_oddly,
)
from tests.sample_module import DOCX, SVG, packed


def check(name, content):
    """What was found under `media/`, and what was said about it."""
    problems = Problems()
    found = check_media("04-proba", {f"media/{name}": content}, problems)
    return found.get(f"media/{name}"), [str(problem) for problem in problems]


def drawing(inside="", root='viewBox="0 0 480 300"', before=""):
    """A drawing that is spoilt by one thing."""
    svg = "http://www.w3.org/2000/svg"
    return f'{before}<svg xmlns="{svg}" {root}>\n{inside}\n</svg>'.encode()


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\2\0\0\0"
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc4\0\4\0\0\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640) + bytes(20)
)
WEBP = {
    "VP8X": b"VP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0",
    "VP8L": b"VP8L\x0a\0\0\0\x2f" + struct.pack("<I", 639 | 479 << 14),
    "VP8 ": b"VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480),
}


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("a.svg", SVG.encode(), (480, 300)),
        ("a.svg", drawing(root='width="480" height="300px"'), (480, 300)),
        ("a.svg", drawing(root='viewBox="0,0 479.6 300.2"'), (480, 300)),
        ("a.png", PNG, (640, 480)),
        ("a.jpg", JPEG, (640, 480)),
        ("A.JPEG", JPEG, (640, 480)),
        *(
            ("a.webp", b"RIFF\0\0\0\0WEBP" + chunk, (640, 480))
            for chunk in WEBP.values()
        ),
        ("a.pdf", b"%PDF-1.7\n", None),
        ("a.docx", DOCX, None),
        ("a.xlsx", packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), None),
        (
            "a.pptx",
            packed({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}),
            None,
        ),
        (
            "a.odt",
            packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            None,
        ),
    ],
)
def test_file_is_what_its_name_says(name, content, size):
    medium, said = check(name, content)

    assert said == []
    assert medium.size == size
    assert medium.is_picture == (size is not None)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.png", JPEG, "внутри не png"),
        ("a.jpg", PNG, "внутри не jpg"),
        ("a.jpg", JPEG[:30], "внутри не jpg"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8L", "внутри не webp"),
        ("a.png", b"", "внутри не png"),
        ("a.pdf", b"<html>", "внутри не pdf"),
        ("a.docx", b"PK\3\4", "внутри не docx"),
        ("a.xlsx", DOCX, "внутри не xlsx"),
        ("a.odt", packed({"mimetype": b"application/zip"}), "внутри не odt"),
        ("a.odt", DOCX, "внутри не odt"),
        ("a.docx", packed({"word/vbaProject.bin": b""}), "макросы"),
        ("a.ods", packed({"Basic/Standard/Module1.xml": b""}), "макросы"),
        ("a.docx", packed({"word/a": bytes(210 << 20)}), "больше 200 МБ"),
        ("a.docx", crowded_archive(), "слишком много частей"),
        ("a.docx", OLE, "под паролем"),
        ("a.pptx", OLE, "под паролем"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "под паролем"),
        ("a.odt", locked_open_document("text"), "под паролем"),
        ("a.ods", locked_open_document("spreadsheet"), "под паролем"),
        ("a.docx", OLD_WORD, "внутри не docx"),
        ("a.odt", BROKEN_ODT, "внутри не odt"),
        ("a.exe", b"MZ", "такой файл нельзя вложить"),
        ("a", b"1", "такой файл нельзя вложить"),
        ("a.docm", DOCX, "сохраните как .docx"),
        ("a.heic", b"1", "пошлите снимок как .jpg"),
        ("a.svgz", SVG.encode(), "такой файл нельзя вложить"),
        ("карта.png", PNG, "латинские буквы"),
        ("два слова.png", PNG, "латинские буквы"),
        ("b/a.png", PNG, "без вложенных папок"),
        ("../a.png", PNG, "без вложенных папок"),
        ("a.png", PNG + bytes(20 << 20), f"больше 20{NBSP}МБ"),
    ],
)
def test_file_that_pretends_is_refused(name, content, message):
    _, said = check(name, content)

    assert len(said) == 1
    assert message in said[0]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (drawing("<script>alert(1)</script>"), 2, "<script>"),
        (drawing("\n<foreignObject/>"), 3, "<foreignObject>"),
        (drawing("<a href='https://a.ru'><text/></a>"), 2, "<a>"),
        (drawing("<image href='https://a.ru/b.png'/>"), 2, "<image>"),
        (drawing("<animate attributeName='href'/>"), 2, "<animate>"),
        (drawing("<x:script xmlns:x='http://www.w3.org/1999/xhtml'/>"), 2, "<script>"),
        (drawing("<rect onclick='alert(1)'/>"), 2, "onclick"),
        (drawing("<rect ONLOAD='alert(1)'/>"), 2, "ONLOAD"),
        (drawing("<use href='https://a.ru/b.svg#c'/>"), 2, "ссылка наружу"),
        (
            drawing(
                "<use x:href='data:image/svg+xml,x' "
                "xmlns:x='http://www.w3.org/1999/xlink'/>"
            ),
            2,
            "ссылка наружу",
        ),
        (drawing("<use href='javascript:alert(1)'/>"), 2, "ссылка наружу"),
        (drawing("<rect fill='url(https://a.ru)'/>"), 2, "другому файлу"),
        (drawing("<rect style='fill:url( \"//a.ru\")'/>"), 2, "другому файлу"),
        (drawing("<rect fill='javascript:alert(1)'/>"), 2, "другому файлу"),
        (drawing("<style>@import 'a.css';</style>"), 2, "обращаются наружу"),
        (drawing("<style>a{b:url(c)}</style>"), 2, "обращаются наружу"),
        (drawing("<style>a{b:u<!-- -->rl(c)}</style>"), 2, "обращаются наружу"),
        (drawing("<style>a{b:\\75rl(c)}</style>"), 2, "обращаются наружу"),
        (drawing("<style>a{b:image-set('c')}</style>"), 2, "обращаются наружу"),
        (drawing(before="<!DOCTYPE svg>\n"), 1, "<!DOCTYPE>"),
        (
            drawing("&b;", before="<!DOCTYPE svg [<!ENTITY b 'c'>]>\n"),
            1,
            "<!DOCTYPE>",
        ),
        (drawing("&b;"), 2, "не читается как SVG"),
        (
            drawing(before="<?xml-stylesheet href='https://a.ru/b.css'?>\n"),
            1,
            "xml-stylesheet",
        ),
        (drawing(root=""), 1, "нет viewBox"),
        (drawing(root='viewBox="0 0 0 9"'), 1, "нет viewBox"),
        (drawing(root='viewBox="0 0 9 1e9"'), 1, "нет viewBox"),
        (b"<html/>", 1, "не с <svg"),
        (drawing("<g>"), 3, "не читается как SVG"),
        (b"", 1, "не читается как SVG"),
        (SVG.encode("utf-16"), 1, "не в UTF-8"),
        (drawing(before="<?xml version='1.0' encoding='shift_jis'?>"), 1, "UTF-8"),
        (zlib.compress(SVG.encode()), 1, "не в UTF-8"),
    ],
)
def test_drawing_that_does_more_than_draw_is_refused(content, line, message):
    _, said = check("a.svg", content)

    place = f"04-proba/media/a.svg:{line}: "
    assert any(words.startswith(place) and message in words for words in said), said


def test_drawing_with_its_own_styles_gradients_and_marks_is_fine():
    inside = (
        "<style>.a{fill:url(#g)} @media (prefers-color-scheme: dark){.a{fill:red}}"
        "</style>"
        "<defs><linearGradient id='g'><stop offset='0'/></linearGradient></defs>"
        "<use href='#g'/><text font-family=\"system-ui, 'Segoe UI'\">да</text>"
    )

    _, said = check("a.svg", drawing(inside))

    assert said == []


def test_drawing_nested_a_million_times_is_read_as_a_stream():
    medium, said = check("a.svg", drawing("<g>" * 100_000 + "</g>" * 100_000))

    assert (medium.size, said) == ((480, 300), [])


def test_document_packed_in_another_way_is_not_unpacked():
    content = packed_oddly()
    tracemalloc.start()

    check("a.odt", content)

    assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    tracemalloc.stop()


def test_photo_of_millions_of_empty_segments_is_not_walked_to_its_end(monkeypatch):
    walked = []
    segments = media._jpeg_segments
    monkeypatch.setattr(
        media, "_jpeg_segments", lambda c: (walked.append(1) or s for s in segments(c))
    )

    _, said = check("a.jpg", b"\xff\xd8" + b"\xff" * 1_000_000)

    assert "внутри не jpg" in said[0]
    assert len(walked) < 20_000
