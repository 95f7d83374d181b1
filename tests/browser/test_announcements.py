"""A tutor announces something, the team reads it, and it is corrected and withdrawn."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lms.core.language import today
from tests.browser import journey, team
from tests.browser.keyboard import press_on


@pytest.fixture
def people(scripts, visit, site):
    """The captain on the start page, and the tutor."""
    team.begin_work(site)
    captain = visit(scripts=scripts).sign_in(team.CAPTAIN)
    tutor = visit(scripts=scripts).sign_in(team.TUTOR)
    return captain, tutor


@pytest.fixture
def announce(people, site):
    """Return a function that types an announcement and sends the form."""
    _, tutor = people
    with site.app_context():
        later = today() + timedelta(days=9)

    def type_and_send(text, button="Объявить"):
        tutor.page.get_by_label("Заголовок").fill("Вебинар")
        tutor.page.get_by_label("Текст").fill(text)
        tutor.page.get_by_label("Висит до").fill(later.isoformat())
        tutor.page.get_by_label("Отправить письмом сейчас").check()
        tutor.press(button)

    return type_and_send


def test_announcement_is_read_corrected_and_withdrawn(people, announce):
    captain, tutor = people
    tutor.page.goto("/progress/")
    tutor.follow("Объявления")
    tutor.follow("Новое объявление")
    expect(tutor.page.get_by_label("Для кого")).to_contain_text("Весна: все · 1")
    announce("")
    journey.says(tutor, "Напишите, что объявляете.")
    expect(tutor.page.get_by_label("Отправить письмом сейчас")).to_be_checked()
    announce("В **среду** в 17:00.")
    journey.says(tutor, "Открыли 0 из 1")

    captain.page.goto("/home/")
    journey.says(captain, "В среду в 17:00.")
    press_on(captain, "Прочитано: Вебинар")
    expect(captain.page.locator(".announcement")).to_have_count(0)

    tutor.page.reload()
    journey.says(tutor, "Открыли 1 из 1")
    tutor.follow("Исправить или снять")
    announce("В четверг.", button="Сохранить")
    journey.says(tutor, "исправлено")
    captain.page.goto("/home/")
    journey.says(captain, "В четверг.")

    tutor.follow("Исправить или снять")
    tutor.press("Снять объявление")
    journey.says(tutor, "Объявление снято")
    captain.page.reload()
    expect(captain.page.locator(".announcement")).to_have_count(0)
