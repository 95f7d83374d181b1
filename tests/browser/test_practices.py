"""A captain offers an accepted work, an author agrees, an admin publishes it."""

import pytest

from lms.core.extensions import db
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import User
from lms.work.submissions.models import Submission
from tests.browser import journey, team
from tests.browser.demo import only
from tests.conftest import member_of, person
from tests.practices import PAIRS, accepted_work

MEMBER = "orlov@example.org"


@pytest.fixture
def captain(site, visit, scripts):
    """The captain before an accepted work of two hands."""
    work_id = team.begin_work(site)
    with site.app_context():
        work = db.session.get_one(Submission, work_id)
        author = person("Орлов Олег Сергеевич", MEMBER)
        accept_consent(author, "1")
        member_of(work.team, author)
        captain, tutor = (only(User, email=e) for e in (team.CAPTAIN, team.TUTOR))
        accepted_work(work.module, work.team, captain, author, tutor)
    captain = visit(scripts=scripts).sign_in(team.CAPTAIN)
    captain.page.goto(f"/submissions/{work_id}/")
    return captain


def write(captain):
    """Offer the work, say what did not work, confirm a name, ask the authors."""
    captain.press("Предложить в банк")
    captain.page.get_by_label("Название").fill("Пары по запросу")
    captain.page.get_by_label("Что не получилось").fill("Позвали Нину, ключа не было.")
    for label, answer in [
        ("Где ваша школа", "малый город"),
        ("Сколько учеников", "до 200 учеников"),
        ("Сколько времени заняло", "четверть"),
    ]:
        captain.page.get_by_label(label).select_option(answer)
    captain.press("Сохранить и посмотреть")
    captain.page.get_by_label("Позвали Нину").check()
    captain.press("Отмеченные можно показать")
    captain.press("Спросить авторов")


def test_practice_goes_from_a_work_to_everybody(captain, visit, scripts):
    write(captain)
    journey.says(captain, "Авторы получили письма.")

    author = visit(scripts=scripts).sign_in(MEMBER)
    author.page.goto("/practices/")
    author.follow("Пары по запросу")
    yes = "Согласны: мои слова можно показать"
    author.page.get_by_label("Ваш ответ").select_option(yes)
    author.press("Ответить")
    journey.says(author, "Ответ записан.")

    admin = visit(scripts=scripts).sign_in("admin@example.org")
    admin.page.goto("/practices/")
    admin.follow("Пары по запросу")
    admin.press("Опубликовать")
    journey.says(admin, "Карточка в банке.")

    guest = visit(scripts=scripts)
    guest.page.goto("/")
    guest.follow("Что сделали школы")
    guest.page.get_by_label("О чём").fill("мастерские")
    guest.press("Найти")
    guest.follow("Пары по запросу")
    journey.says(guest, PAIRS)
