"""A team without a mouse: sending, thinking again, answering what came back."""

import pytest
from playwright.sync_api import expect

from tests.browser import journey, team
from tests.browser.keyboard import choose_file, keys, press_on, tab_to
from tests.conftest import PASSWORD

REMARK = "Связь с запросами"


@pytest.fixture
def enter(scripts, visit, site):
    """Return a function that opens a draft for the captain, who has keys alone."""

    def open_draft(work_id):
        writer = visit(scripts=scripts)
        writer.page.goto(f"/drafts/{work_id}/")
        tab_to(writer, "Почта")
        writer.page.keyboard.type(team.CAPTAIN)
        tab_to(writer, "Пароль")
        writer.page.keyboard.type(PASSWORD)
        keys(writer, "Enter")
        journey.says(writer, "По чему проверяют")
        return writer

    return open_draft


def answer_here(writer):
    """The first line of a remark inside the field it is about."""
    return writer.page.locator("summary", has_text=f": {REMARK}")


def test_work_is_sent_and_taken_back(enter, site):
    writer = enter(team.return_work(site))
    site.config["LMS_UNDO_SECONDS"] = 60

    press_on(writer, "К отправке")
    keys(writer, "Enter")
    journey.says(writer, "Текст не изменился, 1 замечание без ответа.")
    press_on(writer, "Всё равно отправить")
    journey.says(writer, "Работа отправлена.")
    keys(writer, "Tab", "Tab", "Enter")

    journey.says(writer, "Работа снова у вас.")
    expect(writer.page.get_by_role("main")).to_be_focused()


def test_remark_is_ticked_where_it_stands(enter, site):
    writer = enter(team.return_work(site))

    press_on(writer, "К полям ответа")
    press_on(writer, "Отметить здесь: ответили")

    expect(answer_here(writer)).to_have_text(f"Ответили: {REMARK}, 0 из 3")
    expect(answer_here(writer)).to_be_focused()


def test_list_of_what_is_missing_leads_into_the_field(enter, site):
    writer = enter(team.begin_work(site))

    press_on(writer, "К отправке")
    keys(writer, "Enter")
    journey.says(writer, "Работа не отправлена")
    press_on(writer, "Напишите ответ")

    field = writer.page.get_by_role("textbox", name=journey.FIELD[3:])
    expect(field).to_be_focused()
    writer.errors.clear()  # the browser calls a refusal one


def test_field_at_the_lower_edge_shows_more_than_a_line_when_tab_reaches_it(
    enter, site
):
    page = enter(team.begin_work(site)).page
    field = page.get_by_role("textbox", name=journey.FIELD[3:])
    page.locator(".answer-field__example > summary").first.focus()
    low = int(field.bounding_box()["y"]) + 40
    page.set_viewport_size({"width": 1380, "height": low})
    page.wait_for_function(f"innerHeight === {low}")

    page.keyboard.press("Tab")

    expect(field).to_be_focused()
    assert low - field.bounding_box()["y"] > 100


def test_button_of_files_keeps_the_focus(visit, site, tmp_path):
    paper = tmp_path / "карта.pdf"
    paper.write_bytes(b"%PDF-1.4")
    work_id = team.begin_work(site)
    writer = visit().sign_in(team.CAPTAIN)
    writer.page.goto(f"/drafts/{work_id}/")

    choose_file(writer, "Файлы к работе", paper, key="Space")
    keys(writer, "Tab", "Enter")

    journey.says(writer, "Файл приложен.")
    expect(writer.page.get_by_role("button", name="Приложить")).to_be_focused()


def test_list_of_questions_left_out_is_seen_to_have_the_focus(visit, site):
    team.begin_work(site)
    captain = visit().sign_in(team.CAPTAIN)
    captain.page.goto("/quizzes/nastavnichestvo/#content")
    press_on(captain, "Узнать результат")

    left_out = captain.page.get_by_role("alert")
    expect(left_out).to_be_focused()
    expect(left_out).to_have_css("outline-style", "solid")
    captain.errors.clear()  # the browser calls a refusal one
