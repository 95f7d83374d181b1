"""The page to which a personal link leads, and the progress of the letters."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.language import NBSP
from lms.schools.invitations.services import end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Position
from tests.conftest import person, save
from tests.mail_server import mail_server

ANNA = "anna@school12.ru"
ANSWER = {"full_name": "Седова Анна Викторовна", "password": "утюг сирень вокзал"}


@pytest.fixture
def anna(team, admin):
    """Expected in «Опора»; her letter has gone."""
    return save(
        Newcomer(
            team=team,
            email=ANNA,
            full_name="Седова Анна",
            position=Position.DEPUTY,
            token="imennoe",
            letter_key="x",
            invited_by=admin,
            expires_at=end_of_term(30),
        )
    )


def test_person_comes_by_the_link(guest, anna):
    page = guest.get("/newcomers/imennoe").text
    assert 'value="Седова Анна"' in page

    answer = guest.post("/newcomers/imennoe", data=ANSWER, follow_redirects=True)

    assert "Вы в команде «Опора»" in answer.text


def test_captain_is_not_asked_to_call_those_who_are_invited(guest, anna, team, admin):
    anna.is_captain = True
    db.session.add(
        Newcomer(
            team=team,
            email="oleg@school12.ru",
            full_name="Зимин Олег",
            position=Position.TEACHER,
            token="drugoe",
            letter_key="y",
            invited_by=admin,
            expires_at=end_of_term(30),
        )
    )
    db.session.commit()

    page = guest.post("/newcomers/imennoe", data=ANSWER, follow_redirects=True).text

    assert "кто приглашён и ещё не вошёл" in page


def test_typed_name_comes_back_with_a_weak_password(guest, anna):
    page = guest.post("/newcomers/imennoe", data=ANSWER | {"password": "123"}).text

    assert ANSWER["full_name"] in page
    assert "хотя бы 10 знаков" in page.casefold()


def test_person_with_an_account_signs_in_first(guest, anna, sign_in):
    user = person("Седова Анна", ANNA)
    assert "уже бывали на сайте" in guest.get("/newcomers/imennoe").text

    answer = sign_in(user).post("/newcomers/imennoe/enter", follow_redirects=True)

    assert "Вы в команде «Опора»" in answer.text


def test_link_of_somebody_else_is_explained(anna, other, sign_in):
    assert "на другую почту" in sign_in(other).get("/newcomers/imennoe").text


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("withdrawn_at", "отозвали"),
        ("accepted_at", "уже сработало"),
        ("expires_at", "Срок приглашения истёк"),
    ],
)
def test_ended_link_says_why(guest, anna, fact, words):
    setattr(anna, fact, utcnow())
    db.session.commit()

    assert words in guest.get("/newcomers/imennoe").text


def test_unknown_link_is_explained(guest):
    page = guest.get("/newcomers/net-takogo")

    assert page.status_code == 404
    assert "Такого приглашения нет" in page.text


@pytest.mark.parametrize(
    ("looks", "sees_address", "may_write"),
    [("captain", False, True), ("member", False, False), ("tutor", True, True)],
)
def test_team_sees_whom_it_waits_for(
    request, anna, captain, sign_in, looks, sees_address, may_write
):
    browser = sign_in(request.getfixturevalue(looks))

    page = browser.get(f"/teams/{anna.team_id}/").text

    assert "Приглашены и ещё не вошли: 1" in page
    assert "приглашён, никто ещё не вошёл" in page
    assert (ANNA in page) is sees_address
    assert ("Написать ещё раз" in page) is may_write


def test_captain_writes_again_once_a_day(app, anna, captain, sign_in):
    browser, address = sign_in(captain), f"/newcomers/{anna.id}/remind"

    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        first = browser.post(address, follow_redirects=True).text
        while run_next():
            pass
        second = browser.post(address, follow_redirects=True).text

    assert f"1{NBSP}письмо в очереди и скоро уйдёт" in first
    assert "меньше суток" in second
    assert "Написать ещё раз" not in second


def test_captain_is_told_when_the_site_sends_no_letters(anna, captain, sign_in):
    address = f"/newcomers/{anna.id}/remind"

    page = sign_in(captain).post(address, follow_redirects=True).text

    assert "Сайт пока не может отправлять письма" in page
    assert "папке" not in page


def test_cohort_says_how_many_have_come(anna, captain, other_team, tutor, sign_in):
    for name in ("Орлов Олег", "Ждан Ян"):
        facts = {"full_name": name, "email": f"{name[:4]}@b.ru", "token": name}
        term = {"expires_at": utcnow(), "position": Position.PARENT}
        save(Newcomer(team=anna.team, invited_by=tutor, **facts, **term))
    anna.accepted_at = utcnow()
    db.session.commit()

    page = sign_in(tutor).get(f"/cohorts/{anna.team.cohort_id}/").text

    assert "3\xa0приглашены, вошёл 1" in page
    assert page.count("ждём людей") == 1


def test_progress_costs_the_same_for_many(anna, admin, sign_in, count_statements):
    browser, address = sign_in(admin), f"/newcomers/cohorts/{anna.team.cohort_id}/"
    with count_statements() as for_one:
        browser.get(address)
    facts = {"full_name": "А Б", "position": Position.PARENT, "invited_by": admin}
    for n in range(20):
        mail = {"email": f"{n}@b.ru", "token": f"{n}", "expires_at": utcnow()}
        db.session.add(Newcomer(team=anna.team, **facts, **mail))
    db.session.commit()
    with count_statements() as for_many:
        page = browser.get(address)

    assert page.text.count("письмо в очереди</span>") == 20
    selects = [s for s in for_many if s.startswith("SELECT")]
    assert len(selects) <= len([s for s in for_one if s.startswith("SELECT")])


def test_states_that_nobody_is_in_are_left_out(anna, admin, sign_in):
    browser, address = sign_in(admin), f"/newcomers/cohorts/{anna.team.cohort_id}/"

    page = browser.get(address).text
    chosen = browser.get(address, query_string={"only": "FAILED"}).text

    assert 'counts__number">1</b> письмо ушло' in page
    assert "only=FAILED" not in page
    assert 'counts__number">0</b> письмо не ушло' in chosen
    assert "Таких приглашений нет" in chosen


@pytest.mark.parametrize("words", ["седова", "ANNA@", "опора седова", "№ 12 анна"])
def test_person_is_found_among_many(anna, other_team, admin, sign_in, words):
    browser, address = sign_in(admin), f"/newcomers/cohorts/{anna.team.cohort_id}/"
    facts = {"position": Position.PARENT, "invited_by": admin, "expires_at": utcnow()}
    for n in range(60):
        who = {"full_name": "Аб Я", "email": f"{n}@b.ru", "token": f"{n}"}
        db.session.add(Newcomer(team=other_team, **facts, **who))
    db.session.commit()

    page = browser.get(address, query_string={"q": words}).text
    nobody = browser.get(address, query_string={"q": "Зимина"}).text

    assert anna.full_name in page
    assert "Все приглашения: 1 человек" in page.replace("\xa0", " ")
    assert 'id="q"' in browser.get(address).text
    assert "Проверьте буквы" in nobody


def test_person_stands_in_a_row_with_one_action(anna, admin, sign_in):
    page = sign_in(admin).get(f"/newcomers/cohorts/{anna.team.cohort_id}/").text

    row = page[page.index('<td data-label="Человек">') :]
    assert "Седова Анна" in row
    assert row.count("Отправить ещё раз") == 1
    assert '<span class="badge badge--sun">письмо ушло</span>' in row
