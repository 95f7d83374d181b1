"""A long lesson on a phone: what is left, where it was left, questions on the way."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.stage import PHONE, Visitor

LESSON = "/modules/nastavnichestvo/"
A_LITTLE = re.compile(r"осталось около \d мин")


@pytest.fixture
def lesson(chromium, demo):
    """Return a function that opens a lesson as a captain with a phone."""
    visitors = []

    def open_lesson(**options):
        visitor = Visitor(chromium, demo.config["LMS_URL"], size=PHONE, **options)
        visitors.append(visitor)
        visitor.sign_in(PEOPLE["member"])
        visitor.page.goto(LESSON)
        return visitor.page

    yield open_lesson
    for visitor in visitors:
        visitor.close()


def test_lesson_keeps_its_place(lesson):
    page = lesson()
    expect(page.locator("[data-back]")).to_be_hidden()
    page.get_by_role("heading", name="Как измерить пользу").scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    expect(page.locator("[data-left]")).to_have_text(A_LITTLE)

    page.goto(LESSON)
    page.get_by_role("link", name="Вы остановились на «Как измерить пользу»").click()

    assert page.url.endswith("#kak-izmerit-polzu")


def test_lesson_that_was_read_begins_anew(lesson):
    page = lesson()
    page.locator("#end").scroll_into_view_if_needed()
    page.mouse.wheel(0, 5000)
    expect(page.locator("[data-left]")).to_have_text("прочитано до конца")

    page.goto(LESSON)

    expect(page.locator("[data-left]")).to_contain_text("осталось около")
    expect(page.locator("[data-back]")).to_be_hidden()


def test_question_in_the_text_is_answered_without_scripts(lesson):
    page = lesson(scripts=False)
    question = page.get_by_role("region", name="Что делать с этим листком?")
    why = question.get_by_text("За фразой может стоять травля.")
    expect(why).to_be_hidden()

    question.get_by_text("Подобрать ему наставника-спортсмена").click()

    expect(why).to_be_visible()
    expect(question.get_by_text("Неверно.").first).to_be_visible()


def test_wide_table_is_cards_on_a_phone(lesson):
    page = lesson()
    row = page.get_by_role("row").filter(has_text="В день встречи")

    assert row.bounding_box()["width"] <= PHONE["width"]
    assert row.bounding_box()["height"] > 100


def test_words_of_a_drawing_are_in_the_font_of_the_page(lesson):
    page = lesson()
    font = "element => getComputedStyle(element).fontFamily"

    drawing = page.get_by_role("img", name="Воронка: в классе 26 учеников")

    of_page = page.locator("body").evaluate(font)
    assert drawing.locator("text").first.evaluate(font) == of_page
    assert drawing.bounding_box()["width"] <= PHONE["width"]
