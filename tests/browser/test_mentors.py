"""One offers help, another asks, they meet, and both say what came of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import User
from lms.network.mentors.models import MentorRequest
from lms.schools.teams.models import School
from lms.schools.teams.services import create_team
from tests.browser import journey, team
from tests.browser.demo import only
from tests.conftest import member_of, person

TOPIC = "Как составить пары"
ASKER = "krylova@example.org"


@pytest.fixture
def neighbours(site, visit, scripts):
    """Two people of two schools of one town, each signed in."""
    team.begin_work(site)
    with site.app_context():
        school = School(name="Школа № 40", municipality="Новосибирск")
        facts = {"cohort": only(Cohort), "school": school, "name": "Лад"}
        admin = only(User, email="admin@example.org")
        neighbour = create_team(tutor=None, actor=admin, **facts)
        asker = person("Крылова Елена Павловна", ASKER)
        accept_consent(asker, "1")
        member_of(neighbour, asker, captain=True)
    return [visit(scripts=scripts).sign_in(one) for one in (team.CAPTAIN, ASKER)]


def offer(mentor):
    mentor.page.goto("/mentors/")
    mentor.follow("Моя помощь")
    mentor.page.get_by_label("Темы").fill(TOPIC)
    mentor.page.get_by_label("консультация", exact=True).check()
    mentor.press("Показать меня среди наставников")
    journey.says(mentor, "Сохранено: так вас видят другие школы.")


def ask(asker):
    asker.page.goto("/mentors/")
    journey.says(asker, "Седова Анна Викторовна")
    asker.follow("Спросить", exact=False)
    asker.page.get_by_label("Что нужно").fill("Запросов шестнадцать, взрослых девять.")
    asker.press("Отправить запрос")
    journey.says(asker, "Запрос отправлен.")
    journey.says(asker, "Вы 1-й в очереди")


def accept(mentor):
    mentor.page.goto("/home/")
    mentor.page.get_by_role("link", name="запрос ждёт вашего ответа").click()
    mentor.follow(TOPIC)
    mentor.page.get_by_label("Слово спросившему").fill("Приезжайте с анкетами.")
    mentor.press("Принять запрос")
    journey.says(mentor, "Теперь назначьте встречу")


def arrange(asker, day):
    asker.page.reload()
    journey.says(asker, "Приезжайте с анкетами.")
    asker.page.get_by_label("День").fill(day)
    asker.page.get_by_label("Начало").fill("17:00")
    asker.page.get_by_label("Место или ссылка").fill("Кабинет 21")
    asker.press("Назначить")
    journey.says(asker, "Встреча назначена, её видят оба.")


def hold_meeting(site):
    """Have the day of the meeting gone by."""
    with site.app_context():
        met = utcnow() - timedelta(hours=2)
        db.session.execute(sa.update(MentorRequest).values(meets_at=met))
        db.session.commit()


def tell(side, words):
    side.page.reload()
    side.page.get_by_label("Что вышло").fill(words)
    side.press("Записать")
    journey.says(side, "Записано.")


def test_request_goes_from_an_offer_to_what_came_of_it(site, neighbours):
    mentor, asker = neighbours
    offer(mentor)
    ask(asker)
    accept(mentor)
    with site.app_context():
        day = today() + timedelta(days=2)
    arrange(asker, day.isoformat())

    mentor.page.goto("/agenda/")
    journey.says(mentor, "17:00–18:00, встреча с наставником")
    mentor.follow(TOPIC)

    hold_meeting(site)
    tell(asker, "Составили семь пар.")
    tell(mentor, "Пары держатся на запросе.")

    journey.says(mentor, "обе стороны сказали, что вышло")
    asker.page.reload()
    journey.says(asker, "Пары держатся на запросе.")
