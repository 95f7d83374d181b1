"""Answers packed for the way, and only when that is right."""

import gzip

import brotli
import pytest
from flask import Response, send_file

from lms.core.config import ROOT

TEXT = "Школа собирает команду. " * 200
PAGE = "/accounts/sign-in"


def accepting(encodings):
    return {"Accept-Encoding": encodings}


@pytest.fixture
def answer_with(app):
    """Return a function that makes an answer and sends it as the site would."""

    def answer(make, *args, **kwargs):
        with app.test_request_context(headers=accepting("br, gzip")):
            app.preprocess_request()
            return app.process_response(make(*args, **kwargs))

    return answer


@pytest.mark.parametrize(
    ("encodings", "packed"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("br;q=0, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_page_is_packed_as_the_browser_likes(guest, encodings, packed):
    page = guest.get(PAGE, headers=accepting(encodings))

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[packed]
    assert page.headers.get("Content-Encoding") == packed
    assert "Accept-Encoding" in page.headers["Vary"]
    assert "Войти".encode() in unpack(page.data)
    assert page.content_length == len(page.data)


def test_head_of_a_page_tells_the_length_of_what_get_sends(guest):
    accepts = accepting("gzip")

    whole, head = guest.get(PAGE, headers=accepts), guest.head(PAGE, headers=accepts)

    assert (head.data, head.headers["Content-Encoding"]) == (b"", "gzip")
    assert head.content_length == whole.content_length == len(whole.data)


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "font/woff2"])
def test_what_is_packed_already_goes_as_it_is(answer_with, media_type):
    answer = answer_with(Response, TEXT, mimetype=media_type)

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" not in answer.headers.get("Vary", "")


def test_short_answer_goes_as_it_is(answer_with):
    answer = answer_with(Response, "Готово.")

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("status", [206, 304])
def test_part_of_an_answer_goes_as_it_is(answer_with, status):
    answer = answer_with(Response, TEXT, status=status)

    assert "Content-Encoding" not in answer.headers


def test_drawing_of_a_lesson_is_packed(answer_with):
    drawing = next(ROOT.glob("content/*/media/*.svg"))

    with answer_with(send_file, drawing) as answer:
        sent = answer.get_data()

    assert brotli.decompress(sent) == drawing.read_bytes()


def test_stream_is_not_waited_for(answer_with):
    pieces = (TEXT for _ in range(3))

    answer = answer_with(Response, pieces)

    assert "Content-Encoding" not in answer.headers
    assert answer.is_streamed


def test_mark_of_a_packed_answer_is_weak(answer_with):
    answer = answer_with(Response, TEXT, headers={"ETag": '"4dd5"'})

    assert answer.headers["ETag"] == 'W/"4dd5"'


def test_lesson_that_a_browser_has_is_a_word(sign_in, member, module):
    browser, address = sign_in(member), f"/modules/{module.slug}/"
    page = browser.get(address, headers=accepting("br"))

    mark = {"If-None-Match": page.headers["ETag"]}
    again = browser.get(address, headers=accepting("gzip") | mark)

    assert page.headers["ETag"].startswith("W/")
    assert (again.status_code, again.data) == (304, b"")
    assert "Accept-Encoding" in again.headers["Vary"]
