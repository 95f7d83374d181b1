"""Words typed beside a form that adds a file are not lost with the page."""

from playwright.sync_api import expect

from tests import sample_course
from tests.browser import team

PDF = {"name": "Протокол.pdf", "mimeType": "application/pdf"}
MINUTES = PDF | {"buffer": sample_course.DOCUMENT}


def test_browser_asks_before_a_file_takes_unsaved_words_away(visit, site):
    team.begin_work(site)
    captain = visit().sign_in(team.CAPTAIN)
    asked, page = [], captain.page
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.goto("/partners/council/schools/1/meetings/new")
    captain.press("Сохранить")

    page.get_by_label("Что решили").fill("Позвать ветеранов.")
    page.get_by_label("Файл").set_input_files(MINUTES)
    captain.press("Приложить")
    expect(page.get_by_role("button", name="Убрать", exact=True)).to_be_visible()

    assert asked == ["beforeunload"]
    page.get_by_label("Что решили").fill("Позвать ветеранов.")
    captain.press("Сохранить")
    expect(page.get_by_text("Позвать ветеранов.")).to_be_visible()
    assert asked == ["beforeunload"]
