"""Pages on which people ask to be erased, and admins answer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.identity.erasures.asking import call_off, erasure_of, withdraw_consent
from lms.identity.erasures.letters import call_off_link
from lms.identity.erasures.models import Mention
from lms.identity.requests.models import DataRequest
from lms.overview.digest.contents import digest_of
from lms.review.threads.services import write_message
from lms.schools.people import services as people
from lms.schools.teams.models import Membership
from tests.conftest import PASSWORD, letters
from tests.erasures import ask, do_jobs, erase_now
from tests.works import send

TYPED = {"word": "Удалить", "current_password": PASSWORD}


@pytest.fixture
def named(module, captain, member, team):
    """A message that names Орлов Олег Сергеевич, who was erased."""
    work = send(module, captain, team).submission
    write_message(work, "Так считает Орлов.", author=captain, seen=0, form_key="1")
    return erase_now(member)


def test_page_says_what_goes_what_stays_and_why(sign_in, member):
    page = sign_in(member).get("/accounts/data/erase")

    for words in ("Входы на сайт", "Ваше участие в командах", "Что останется без"):
        assert words in page.text
    assert "до 4 недель" in page.text
    assert "Вы в команде «Опора»: вы из неё выйдете." in page.text


def test_person_asks_and_thinks_better_of_it(sign_in, member):
    browser = sign_in(member)

    browser.post("/accounts/data/erase", data=TYPED)
    pending = browser.get("/accounts/data/erase")
    assert "Вы попросили удалить сведения о вас" in pending.text
    browser.post("/accounts/data/erase/keep")

    assert erasure_of(member) is None
    assert "Подтверждение" in browser.get("/accounts/data/erase").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"word": "да"}, "Здесь нужно слово «удалить»."),
        ({"word": ""}, "Впишите это слово."),
        ({"current_password": "не тот"}, "Пароль не подошёл."),
        ({"current_password": ""}, "Напишите пароль"),
    ],
)
def test_bad_input_asks_nothing(sign_in, member, typed, said):
    page = sign_in(member).post("/accounts/data/erase", data=TYPED | typed)

    assert said in page.text
    assert erasure_of(member) is None


def test_captain_reads_what_to_do_first(sign_in, captain, member):
    page = sign_in(captain).get("/accounts/data/erase")

    assert "Вы капитан команды «Опора»: сначала передайте её другому." in page.text
    assert "current_password" not in page.text


def test_withdrawal_ends_with_a_page_and_a_letter_that_takes_it_back(
    app, sign_in, member
):
    browser = sign_in(member)

    page = browser.post("/accounts/data/withdraw", data=TYPED | {"word": "отозвать"})

    assert "Согласие отозвано" in page.text
    assert browser.get("/accounts/profile").status_code == 302
    (letter,) = letters()
    path = call_off_link(erasure_of(member)).partition("/accounts")[2]
    assert path in letter["text"]
    app.test_client().post(f"/accounts{path}")
    assert member.closed_at is None


def test_dead_link_says_so(guest, member):
    token = call_off_link(erase_of(member)).rsplit("/", 1)[1]

    answer = guest.get(f"/accounts/data/keep/{token}", follow_redirects=True)

    assert "Эта ссылка больше не действует" in answer.text
    assert guest.get("/accounts/data/keep/forged").status_code == 302


def erase_of(member):
    erasure_id = ask(member).id
    erasure = erasure_of(member)
    call_off(erasure_id)
    return erasure


def test_admin_sees_the_oldest_first_and_what_is_late(sign_in, admin, member, other):
    late, fresh = ask(member), ask(other)
    late.due_on = today() - timedelta(days=2)
    db.session.commit()

    page = sign_in(admin).get("/people/requests").text

    assert page.index("Орлов Олег") < page.index("Юсупова Алия")
    assert "просрочен: 2\xa0дня" in page
    assert f"/people/requests/{fresh.id}" in page


def test_admin_reads_of_requests_on_the_start_page_and_in_the_letter(
    sign_in, admin, member
):
    ask(member).due_on = today() - timedelta(days=1)
    db.session.commit()
    said = "1\xa0запрос о своих данных, просрочено: 1"

    assert said in sign_in(admin).get("/home/").text
    (section,) = digest_of(admin, unwanted=[]).sections
    assert section.lines[0].text == said


def test_admin_decides_about_every_text(sign_in, admin, named):
    browser = sign_in(admin)
    page = browser.get(f"/people/requests/{named.id}").text
    assert "Так считает <mark>Орлов</mark>." in page
    (mention,) = db.session.scalars(sa.select(Mention))

    browser.post(f"/people/mentions/{mention.id}/remove")
    do_jobs()

    page = browser.get(f"/people/requests/{named.id}").text
    assert "Имя в текстах" not in page
    assert db.session.get_one(DataRequest, named.id).done_at


def test_admin_removes_the_name_everywhere_at_once(sign_in, admin, named):
    browser = sign_in(admin)

    browser.post(f"/people/requests/{named.id}/names")
    do_jobs()

    assert db.session.get_one(DataRequest, named.id).done_at


def test_page_of_an_erased_person_offers_nothing(sign_in, admin, named):
    browser = sign_in(admin)

    page = browser.get(f"/people/{named.user_id}/").text

    assert "Сведения об этом человеке удалены" in page
    assert "Исправить имя или почту" not in page
    answer = browser.post(f"/people/{named.user_id}/reopen")
    assert "вернуть их нельзя" in answer.text


def test_admin_does_not_reopen_what_a_person_has_closed(admin, member):
    withdraw_consent(member, password=PASSWORD)

    with pytest.raises(people.RuleError, match="отозвал согласие"):
        people.reopen_account(member, actor=admin)


def test_captain_brings_nobody_back_who_was_erased(sign_in, captain, member):
    erase_now(member)
    place = db.session.scalar(sa.select(Membership).filter_by(user_id=member.id))
    browser = sign_in(captain)

    answer = browser.post(f"/members/{place.id}/bring-back")

    assert "вернуть его нельзя" in answer.text
    assert "Вернуть в команду" not in browser.get("/teams/mine").text
