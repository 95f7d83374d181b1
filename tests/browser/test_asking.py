"""A reader asks about a place in a lesson; the answer becomes one for all."""

import re

import pytest

from tests.browser import journey, team

PLACE = re.compile("Спросить об этом месте.*Кого звать")
ASKED = "Сколько запросов нужно?"
OWNER = "Школа № 12, команда «Опора»"


@pytest.fixture
def captain(site, visit, scripts):
    team.send_work(site)
    captain = visit(scripts=scripts).sign_in(team.CAPTAIN)
    captain.follow("Занятия")
    captain.follow("Наставничество. Практики", exact=False)
    return captain


def test_question_about_a_lesson_is_answered_for_all(captain, visit, scripts):
    captain.page.get_by_role("link", name=PLACE).press("Enter")
    captain.page.get_by_label("Вопрос", exact=True).fill(ASKED)
    captain.press("Отправить вопрос")
    journey.says(captain, "Вопрос отправлен.")

    tutor = visit(scripts=scripts).sign_in(team.TUTOR)
    tutor.follow("ждёт вашего ответа на вопрос", exact=False)
    tutor.follow(OWNER)
    tutor.page.get_by_label("Ответ", exact=True).fill("Пяти хватит.")
    tutor.press("Отправить ответ")
    tutor.follow("Написать общий ответ")
    tutor.page.get_by_label("Вопрос без имён").fill("Сколько нужно?")
    tutor.press("Показать под занятием")
    journey.says(tutor, "Общий ответ стоит под занятием.")

    captain.follow("Кого звать")
    captain.page.get_by_text("Сколько нужно?").click()
    journey.says(captain, "Уже спрашивали")
    journey.says(captain, "Пяти хватит.")


def test_captain_takes_one_letter_for_the_team(captain):
    captain.follow("Команда")
    captain.press("Одно письмо на команду")
    journey.says(captain, "Теперь утреннее письмо о команде приходит вам.")

    captain.press("Присылать каждому")
    journey.says(captain, "Теперь утренние письма приходят каждому.")
