"""A drawing is a part of the lesson's page; what cannot be one stays a picture."""

import pytest

from lms.core.file_store import file_store
from lms.course.modules.contents import content_of, drawn_content_of
from lms.course.modules.services import publish
from tests.sample_course import FILES, PICTURE, import_module

URL = "/modules/nastavnichestvo/"
ASKS = PICTURE.replace(b"<svg ", b'<svg class="drawing" ')
SAID = 'role="img" aria-label="Запрос, пробная встреча, пара"'


def publish_with(picture):
    revision = import_module(files=FILES | {"media/para.svg": picture})
    publish(revision, actor=None)
    return revision


@pytest.fixture
def drawn(module):
    """The lesson with a drawing that asks to be a part of the page, live."""
    return publish_with(ASKS)


@pytest.fixture
def lost(module):
    """A lesson whose drawing, one that no other test knows, is lost from the disk."""
    revision = publish_with(ASKS + b"<!-- lost -->")
    [drawing] = [file for file in revision.media if file.name == "para.svg"]
    file_store().remove(drawing.sha256)
    return revision


def test_reader_meets_the_drawing_in_the_page(sign_in, member, drawn):
    page = sign_in(member).get(URL).text

    assert f'<figure><svg class="drawing" viewBox="0 0 480 300" {SAID}>' in page
    assert "para.svg" not in page


def test_picture_that_asks_for_nothing_stays_one(sign_in, member, module):
    page = sign_in(member).get(URL).text

    assert "/para.svg" in page
    assert 'class="drawing"' not in page


def test_what_is_stored_names_the_drawing_as_a_picture(drawn):
    drawn_content_of(drawn)

    assert "<svg" not in content_of(drawn).lesson.html
    assert "para.svg" in content_of(drawn).lesson.html


def test_drawing_that_is_lost_stays_a_picture(lost):
    text = drawn_content_of(lost).lesson.html

    assert "<svg" not in text
    assert "para.svg" in text
