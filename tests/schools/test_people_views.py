"""Pages of the register of people."""

import re

import pytest

from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.identity.accounts.models import Role, User
from lms.schools.invitations.services import end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.people.services import close_account
from lms.schools.teams.models import Position
from tests.conftest import member_of, person, save


@pytest.fixture
def browser(sign_in, admin):
    return sign_in(admin)


def answers(**changes):
    """The form about a person filled in correctly, apart from `changes`."""
    return {"full_name": "Ким Ольга Юрьевна", "email": "kim@school.ru"} | changes


def found(browser, **query):
    """Return the names on the page of the register."""
    page = browser.get("/people/", query_string=query).text
    people = db.session.scalars(db.select(User))
    return {user.full_name.split()[0] for user in people if user.full_name in page}


@pytest.fixture
def awaited(team, admin):
    """Invited into «Опора» by name, not come yet."""
    facts = {"full_name": "Ждан Ольга", "email": "zhdan@school.ru", "token": "z"}
    term = {"expires_at": end_of_term(30), "position": Position.PARENT}
    return save(Newcomer(team=team, invited_by=admin, **facts, **term))


@pytest.mark.parametrize("words", ["", "ждан", "ZHDAN@"])
def test_invited_people_are_found_among_the_people(browser, awaited, words):
    page = browser.get("/people/", query_string={"q": words}).text
    shown = browser.get("/people/", query_string={"q": words, "kind": "invited"}).text

    assert "которые ещё не вошли" in page
    assert "Ждан Ольга, zhdan@school.ru" in shown
    assert "письмо в очереди" in shown


def test_invited_people_of_a_closed_cohort_are_not_awaited(browser, awaited):
    awaited.team.cohort.state = CohortState.CLOSED
    db.session.commit()

    page = browser.get("/people/", query_string={"kind": "invited"}).text

    assert "Все приглашённые вошли" in page


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("орлов", {"Орлов"}),
        ("ОЛЕГ орл", {"Орлов"}),
        ("member@", {"Орлов"}),
        ("юсупова", {"Юсупова"}),
        ("%", set()),
    ],
)
def test_people_are_found_by_any_part(browser, member, other, words, names):
    assert found(browser, q=words) == names


def test_yo_and_ye_are_one_letter(browser):
    person("Ёлкин Пётр", "elkin@example.org")

    assert found(browser, q="петр елкин") == {"Ёлкин"}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("", {"Лях", "Орлов", "Громов"}),
        ("member", {"Орлов"}),
        ("TUTOR", {"Громов"}),
        ("ADMIN", {"Лях"}),
        ("closed", {"Юсупова"}),
    ],
)
def test_people_are_narrowed(browser, admin, member, other, tutor, kind, names):
    close_account(other, actor=admin)

    assert found(browser, kind=kind) == names


def test_register_shows_team_and_role(browser, member, tutor):
    page = browser.get("/people/").text

    assert "Школа № 12, «Опора»" in page
    assert "тьютор" in page
    assert "ещё не входили" in page


def test_register_costs_the_same_however_long_it_is(browser, team, count_statements):
    with count_statements() as few:
        browser.get("/people/")
    for number in range(8):
        member_of(team, person(f"Учитель {number}", f"t{number}@example.org"))

    with count_statements() as many:
        browser.get("/people/")

    assert len(many) == len(few)


def test_admin_who_came_from_a_cohort_goes_back_to_its_tutors(browser, cohort):
    way = f"/people/new?cohort={cohort.id}"
    page = browser.get(way)

    response = browser.post(way, data=answers(roles=["TUTOR"]))

    assert re.search(r'<input checked [^>]*value="TUTOR"', page.text)
    assert response.location == f"/cohorts/{cohort.id}/tutors"


def test_person_without_a_role_is_not_invited(browser):
    page = browser.post("/people/new", data=answers()).text

    assert "Отметьте, что человек делает на курсе." in page
    assert "kim@school.ru" not in browser.get("/people/").text


def test_admin_invites_a_tutor(browser):
    response = browser.post("/people/new", data=answers(roles=["TUTOR"]))

    user = db.session.scalars(db.select(User).filter_by(email="kim@school.ru")).one()
    assert response.location == f"/people/{user.id}/"
    assert user.roles == {Role.TUTOR}


def test_typed_name_stays_when_the_address_is_taken(browser, member):
    form = answers(email=member.email, roles=["TUTOR"])
    page = browser.post("/people/new", data=form).text

    assert "уже есть доступ" in page
    assert "Ким Ольга Юрьевна" in page


@pytest.mark.parametrize("field", ["full_name", "email"])
def test_name_and_address_are_required(browser, field):
    page = browser.post("/people/new", data=answers(**{field: ""})).text

    assert "field__error" in page


def test_person_page_says_who_it_is(browser, captain):
    page = browser.get(f"/people/{captain.id}/").text

    assert "заместитель директора, капитан" in page
    assert "Осень 2026" in page


def test_admin_gives_roles(browser, member):
    browser.post(f"/people/{member.id}/", data={"roles": ["TUTOR", "ADMIN"]})

    assert member.roles == {Role.TUTOR, Role.ADMIN}


def test_last_admin_reads_why_the_role_stays(browser, admin):
    page = browser.post(f"/people/{admin.id}/", data={"roles": ["TUTOR"]}).text

    assert "последний администратор" in page
    assert admin.roles == {Role.ADMIN}


def test_who_gave_up_the_role_leaves_the_register(browser, admin):
    person("Ли Мария Петровна", "li@example.org", Role.ADMIN)

    # A real form is never empty: it has a token, and every box may be unticked.
    response = browser.post(f"/people/{admin.id}/", data={"csrf_token": "-"})

    assert response.location == "/home/"


def test_admin_mends_an_address(browser, member):
    form = answers(email="orlov@school.ru")
    browser.post(f"/people/{member.id}/edit", data=form)

    assert member.email == "orlov@school.ru"


def test_typed_address_stays_when_it_is_taken(browser, member, other):
    form = answers(email=other.email)
    page = browser.post(f"/people/{member.id}/edit", data=form).text

    assert "уже есть доступ" in page
    assert other.email in page


def test_admin_closes_and_opens_an_account(browser, member):
    closed = browser.post(f"/people/{member.id}/close", follow_redirects=True).text
    assert "Доступ закрыт" in closed
    assert "Сохранить роли" not in closed

    browser.post(f"/people/{member.id}/reopen")
    assert member.closed_at is None


def test_admin_cannot_press_what_would_be_refused(browser, admin):
    assert "Закрыть доступ" not in browser.get(f"/people/{admin.id}/").text
