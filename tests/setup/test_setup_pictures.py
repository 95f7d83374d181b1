"""The pictures of the front page, drawn from the course."""

import pytest

from lms.core.assets import Asset
from lms.overview.home.pictures import picture_of
from lms.setup.pictures import make_pictures
from tests.course.test_modules_sync import CONSENT, COURSE, write
from tests.sample_course import FILES

NAMES = ["card.png", "certificate.png", "plan.png"]


@pytest.fixture
def root(app, tmp_path):
    """The folder of a site with a course of one module."""
    write(tmp_path / "content", FILES)
    (tmp_path / "content" / "course.md").write_text(COURSE, encoding="utf-8")
    (tmp_path / "content" / "consent.md").write_text(CONSENT, encoding="utf-8")
    return tmp_path


def drawn(root):
    """Return the pictures by name."""
    found = (root / "static" / "pictures").glob("*.png")
    return {path.name: path.read_bytes() for path in found}


def test_pictures_are_drawn_once(root):
    first = make_pictures(root)
    again = make_pictures(root)

    assert first.endswith("готовы.")
    assert again.endswith("без изменений.")
    assert sorted(drawn(root)) == NAMES


def test_card_has_the_size_that_pages_promise(root):
    make_pictures(root)

    card = picture_of(Asset("card.png", drawn(root)["card.png"]))

    assert (card.width, card.height) == (1200, 630)


def test_pictures_follow_the_course(root):
    make_pictures(root)
    before = drawn(root)
    text = root / "content" / "course.md"
    text.write_text(COURSE.replace("title: ", "title: Новый ", 1), encoding="utf-8")

    make_pictures(root)

    assert drawn(root)["card.png"] != before["card.png"]


def test_course_with_mistakes_draws_nothing(root):
    (root / "content" / "course.md").write_text("без шапки", encoding="utf-8")

    assert "ошибки" in make_pictures(root)
    assert drawn(root) == {}
