"""The studio as an author uses it: typing, dropping a picture, closing the lid."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE
from tests.browser.keyboard import choose_file
from tests.browser.stage import PHONE, Visitor

WORDS = "Слова, которых ещё не было."
# What is before the caret, where the text has the focus.
BEFORE_THE_CARET = """() => {
  const {value, selectionStart} = document.activeElement;
  return value?.slice(0, selectionStart);
}"""
BEFORE_A_HEADING = """area => {
  const place = area.value.indexOf("\\n## ");
  area.setSelectionRange(place, place);
}"""
AFTER_THE_LAST_WORD = """area => {
  const place = area.value.trimEnd().length;
  area.setSelectionRange(place, place);
}"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><title>A</title></svg>'
PICTURE = "![Что на картинке](media/para.svg)"
DROP = """svg => {
  const files = new DataTransfer();
  files.items.add(new File([svg], "Путь пары.SVG", { type: "image/svg+xml" }));
  const drop = { dataTransfer: files, bubbles: true, cancelable: true };
  document.querySelector("textarea").dispatchEvent(new DragEvent("drop", drop));
}"""


@pytest.fixture
def author(chromium, demo):
    visitor = Visitor(chromium, demo.config["LMS_URL"]).sign_in(PEOPLE["admin"])
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.goto("/modules/cennosti/edit")
    yield visitor
    visitor.close()


def type_before_a_heading(page):
    """Type where the first section begins."""
    area = page.locator("textarea").first
    area.focus()
    area.evaluate(BEFORE_A_HEADING)
    page.keyboard.type(f"\n{WORDS}\n\n")


def choose_picture(author, **tabbing):
    """Attach a picture by keys, until it is seen beside the text."""
    picture = {"name": "Пара.svg", "mimeType": "image/svg+xml", "buffer": SVG.encode()}
    choose_file(author, "Вложить файл", picture, **tabbing)
    author.page.locator("[data-sketch] img[src*='/edit/files/']").wait_for()


def test_what_is_typed_is_seen_beside_it(author):
    type_before_a_heading(author.page)

    author.page.locator("[data-sketch]", has_text=WORDS).wait_for()


def test_question_that_is_typed_is_seen_beside_it(author):
    author.page.locator("summary", has_text="quiz.md").click()
    area = author.page.locator("textarea[name='quiz.md']")
    area.focus()
    area.evaluate(AFTER_THE_LAST_WORD)
    author.page.keyboard.type(f" {WORDS}")

    seen = author.page.locator("[data-part='quiz.md'] li", has_text=WORDS)
    expect(seen).to_be_in_viewport()


def test_what_is_typed_far_below_is_in_sight_beside_it(author):
    area = author.page.locator("textarea").first
    area.focus()
    author.page.keyboard.press("Control+End")
    author.page.keyboard.type(f"\n\n{WORDS}\n")

    expect(author.page.locator("[data-sketch] p", has_text=WORDS)).to_be_in_viewport()


def test_dropped_picture_is_seen_beside_the_text(author):
    type_before_a_heading(author.page)
    author.page.evaluate(DROP, SVG)

    author.page.locator("[data-sketch] img[src*='/edit/files/']").wait_for()
    text = author.page.locator("textarea").first.input_value()
    assert "\n\n![Что на картинке](media/put-pary.svg)\n\n" in text


def test_chosen_picture_is_put_where_the_caret_is_without_a_mouse(author):
    type_before_a_heading(author.page)

    choose_picture(author, backwards=True)

    before = author.page.evaluate(BEFORE_THE_CARET).rstrip()
    assert before.endswith(f"{WORDS}\n\n{PICTURE}")


def test_picture_that_is_chosen_first_stands_behind_the_head_of_the_file(author):
    choose_picture(author)

    before = author.page.evaluate(BEFORE_THE_CARET).rstrip()
    assert before.startswith("---\n")
    assert before.endswith(f"\n---\n\n{PICTURE}")


def test_saving_is_in_reach_of_a_thumb(author):
    author.page.set_viewport_size(PHONE)
    type_before_a_heading(author.page)

    save = author.page.locator(".studio__bar button").first.bounding_box()
    sections = author.page.locator("nav[aria-label=Разделы]").bounding_box()
    assert save["y"] + save["height"] <= sections["y"]


def test_saving_with_a_key_keeps_the_place_in_the_text(author):
    page = author.page
    page.goto("/modules/cennosti/edit#content")
    page.locator("summary", has_text="tutor.md").click()
    page.locator("textarea[name='tutor.md']").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n\n{WORDS}")
    was = page.evaluate("scrollY")
    page.keyboard.press("Control+s")

    expect(page.locator("[data-state]")).to_have_text(re.compile("Сохранено: версия"))
    assert page.evaluate(BEFORE_THE_CARET).endswith(WORDS)
    assert page.evaluate("scrollY") >= was > 0


def test_heading_leads_to_its_line(author):
    author.page.locator(".outline summary").first.click()
    author.page.locator("[data-outline] a").first.click()

    line = "a => a.value.slice(a.selectionStart).split('\\n')[0]"
    assert author.page.locator("textarea").first.evaluate(line).startswith("## ")


def test_text_that_was_not_saved_is_offered_again(author):
    type_before_a_heading(author.page)
    author.page.locator("[data-sketch]", has_text=WORDS).wait_for()
    author.page.reload()

    author.page.get_by_role("button", name="Вернуть его").click()

    assert WORDS in author.page.locator("textarea").first.input_value()
