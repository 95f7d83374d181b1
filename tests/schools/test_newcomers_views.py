"""The page to which a personal link leads, and the progress of the letters."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.schools.invitations.services import end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Position
from tests.conftest import person, save

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
