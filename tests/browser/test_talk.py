"""A team that asks about its review, and one that asks to look again."""

import pytest

from lms.course.cohorts.models import Cohort
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import Role, User
from lms.work.submissions.models import Attempt
from tests.browser import journey, team
from tests.browser.demo import only
from tests.conftest import person
from tests.works import send_back

COLLEAGUE = "kim@example.org"
OWNER = "Школа № 12, команда «Опора»"


@pytest.fixture
def captain(site, visit, scripts):
    """The captain before the work that came back; two tutors have the cohort."""
    team.send_work(site)
    with site.app_context():
        colleague = person("Ким Ольга Юрьевна", COLLEAGUE, Role.TUTOR)
        accept_consent(colleague, "1")
        cohort = only(Cohort)
        cohort.tutors.append(colleague)
        send_back(only(Attempt), only(User, email=team.TUTOR))
    captain = visit(scripts=scripts).sign_in(team.CAPTAIN)
    captain.follow("Продолжить задание", exact=False)
    return captain


def write(visitor, text):
    visitor.page.get_by_label("Сообщение", exact=True).fill(text)
    visitor.press("Отправить сообщение")
    journey.says(visitor, "Сообщение отправлено.")


def test_team_asks_and_tutor_answers(captain, visit, scripts):
    captain.page.locator("[data-about]").first.click()
    write(captain, "Чьи это должны быть слова?")
    journey.says(captain, "Прошу пояснить: отзыв на версию 1")

    tutor = visit(scripts=scripts).sign_in(team.TUTOR)
    tutor.follow("ждёт вашего ответа на вопрос", exact=False)
    journey.says(tutor, "ждёт вашего ответа")
    tutor.follow(OWNER)
    write(tutor, "Учеников: три фразы.")

    journey.start_page(captain)
    captain.follow("вам написали", exact=False)
    journey.says(captain, "Учеников: три фразы.")


def test_another_tutor_changes_the_decision(captain, visit, scripts):
    captain.follow("Прошу пересмотреть")
    captain.page.get_by_label("Почему").fill("Слова учеников есть в таблице. " * 3)
    captain.press("Отправить просьбу")
    journey.says(captain, "Решение пересмотрит Ольга Ким, тьютор потока.")

    tutor = visit(scripts=scripts).sign_in(COLLEAGUE)
    tutor.follow("просит пересмотреть решение", exact=False)
    tutor.follow(OWNER)
    tutor.page.get_by_label("Изменить решение").check()
    tutor.page.get_by_label("Что прочтёт команда").fill("Слова есть в таблице. " * 3)
    tutor.press("Вынести решение")
    journey.says(tutor, "Работа зачтена, команда получит письмо.")

    captain.page.reload()
    journey.says(captain, "решение изменили: зачтено")
