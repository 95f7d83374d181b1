"""A lesson changes under those who write: planned, published, told, taken over."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser import journey, keyboard, team
from tests.browser.stage import PHONE
from tests.sample_course import LESSON, files_without, import_module
from tests.work.test_tasks_services import OTHER_TASK

LESSON_URL = "/modules/nastavnichestvo/"
PUBLISH_URL = f"{LESSON_URL}revisions/2/publish"
DAY = (date.today() + timedelta(days=3)).isoformat()
NOTE = "вместо пар теперь другие пары."


@pytest.fixture
def work_id(site):
    """A work that «Опора» writes while another task is about to be published."""
    work_id = team.begin_work(site)
    lesson = LESSON.replace("Одна встреча.", "Две встречи.")
    with site.app_context():
        files = files_without("tutor.md", assignment=OTHER_TASK, lesson=lesson)
        import_module(files=files)
    return work_id


@pytest.fixture
def admin(scripts, visit, work_id):
    admin = visit(scripts=scripts).sign_in("admin@example.org")
    admin.page.goto(PUBLISH_URL)
    return admin


def publish(admin):
    admin.page.get_by_label("Сказать читателям").fill(NOTE)
    admin.press("Опубликовать")
    journey.says(admin, "Опубликована версия 2")


def test_release_is_planned_and_dropped(admin):
    page = admin.page
    page.get_by_label("В день и час").check()
    page.get_by_label("День", exact=True).fill(DAY)
    page.get_by_label("Час", exact=True).fill("09:00")
    admin.press("Опубликовать")
    journey.says(admin, "Запланировано: версия 2 выйдет")

    admin.press("Отменить план")

    journey.says(admin, "План отменён.")


def test_those_who_write_learn_of_it_and_take_the_newer_task(admin, visit, work_id):
    publish(admin)
    captain = visit(scripts=admin.scripts, size=PHONE).sign_in(team.CAPTAIN)
    captain.page.goto(LESSON_URL)
    journey.says(captain, "Занятие обновлено")
    captain.page.get_by_role("link", name="Что изменилось").click()
    expect(captain.page.locator("ins").first).to_be_visible()
    captain.press("Понятно")
    expect(captain.page.get_by_text("Занятие обновлено")).to_have_count(0)

    captain.page.goto(f"/drafts/{work_id}/")
    captain.page.get_by_role("link", name="Сравнить и решить, переходить ли").click()
    captain.press("Перейти на новое задание")

    journey.says(captain, "Черновик отвечает на новое задание.")
    expect(captain.page.get_by_label("Другие пары").first).to_be_visible()


def test_release_is_planned_by_keys_alone(visit, work_id):
    admin = visit().sign_in("admin@example.org")
    admin.page.goto(PUBLISH_URL)
    keyboard.tab_to(admin, "Сейчас")
    admin.page.keyboard.press("ArrowDown")
    admin.page.get_by_label("День", exact=True).fill(DAY)
    admin.page.get_by_label("Час", exact=True).fill("09:00")
    keyboard.type_into(admin, "Сказать читателям", NOTE)

    keyboard.press_on(admin, "Опубликовать")

    journey.says(admin, "Запланировано: версия 2 выйдет")
