"""Pages of invitations."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import CohortState
from lms.identity.accounts.consents import import_consent
from lms.identity.accounts.models import User
from lms.schools.invitations.services import current_invitation, invite
from lms.schools.teams.permissions import active_membership
from tests.conftest import person


@pytest.fixture
def link(team, captain):
    """The link into `team`, which has a captain."""
    invite(team, places=2, days=7, actor=captain)
    return current_invitation(team)


@pytest.fixture
def url(link):
    return f"/invitations/{link.token}"


@pytest.fixture
def consent(app):
    """A text of the consent is in force."""
    import_consent("2027-1", "Согласие", "<p>Текст</p>")


def answers(**changes):
    """The form of a new person filled in correctly, apart from `changes`."""
    form = {
        "full_name": "Зимин Егор Ильич",
        "email": "zimin@example.org",
        "password": "утюг сирень вокзал",
        "position": "GRADUATE",
        "agreed": "y",
        "version": "2027-1",
    }
    return form | changes


def test_guest_reads_who_invites_where(guest, url):
    page = guest.get(url).text

    for words in ("«Опора»", "Школа № 12, Новосибирск", "«Осень 2026»", "Анна Седова"):
        assert words in page


def test_link_is_kept_out_of_search_engines(guest, url):
    assert guest.get(url).headers["X-Robots-Tag"] == "noindex"


def test_new_person_joins_and_is_signed_in(guest, url, consent, captain):
    response = guest.post(url, data=answers())

    assert response.location == "/home/"
    page = guest.get("/teams/mine", follow_redirects=True).text
    assert "Зимин Егор Ильич — это вы" in page


def test_consent_is_not_ticked_beforehand(guest, url, consent):
    page = guest.get(url).text

    assert 'name="agreed"' in page
    assert "checked" not in page
    assert "/accounts/consent/text" in page


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("full_name", "", "Напишите фамилию"),
        ("full_name", "Зимин", "полностью"),
        ("email", "", "Напишите адрес"),
        ("email", "zimin", "Проверьте адрес"),
        ("password", "", "Придумайте пароль"),
        ("password", "1234567890", "подбирают первым"),
        ("position", "", "Выберите, кто вы"),
        ("agreed", "", "Без согласия"),
    ],
)
def test_what_a_new_person_has_to_say(guest, url, consent, field, typed, message):
    form = {name: text for name, text in answers(**{field: typed}).items() if text}

    page = guest.post(url, data=form).text

    assert message in page
    kept = "zimin@example.org" if field != "email" else "Зимин Егор Ильич"
    assert kept in page


def test_mistakes_are_listed_in_the_order_of_the_fields(guest, url, consent):
    page = guest.post(url, data={"version": "2027-1"}).text

    mistakes = re.findall(r'<a href="#(\w+)">', page.partition('role="alert"')[2])
    fields = ["full_name", "email", "password", "position", "agreed"]
    assert mistakes[:5] == fields


def test_newer_consent_comes_with_an_empty_box(guest, url, consent):
    import_consent("2027-2", "Согласие", "<p>Новый текст</p>")

    page = guest.post(url, data=answers()).text

    assert "текст согласия изменился" in page
    assert 'value="2027-2"' in page
    assert "checked" not in page


def test_site_without_a_consent_asks_for_none(guest, url):
    assert "agreed" not in guest.get(url).text
    assert guest.post(url, data=answers()).location == "/home/"


def test_known_address_is_asked_to_sign_in(guest, url, consent, other):
    page = guest.post(url, data=answers(email=other.email)).text

    assert "Если вы уже бывали" in page
    assert f"next={url}" in page
    assert "Зимин Егор Ильич" in page


def test_typed_text_stays_when_the_last_place_is_taken(guest, url, link, consent):
    link.used = 2
    db.session.commit()

    page = guest.post(url, data=answers()).text

    assert "больше не действует" in page
    assert "Зимин Егор Ильич" in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"withdrawn_at": utcnow()}, "Эту ссылку отозвали"),
        ({"expires_at": utcnow() - timedelta(days=1)}, "Срок приглашения истёк"),
        ({"used": 2}, "Все места по этой ссылке заняты"),
    ],
)
def test_link_that_does_not_work_says_what_to_do(guest, url, link, change, message):
    for name, value in change.items():
        setattr(link, name, value)
    db.session.commit()

    page = guest.get(url).text

    assert message in page
    assert "Попросите новую" in page


def test_link_into_a_closed_cohort_says_so(guest, url, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert "уже завершён" in guest.get(url).text


@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_link_says_what_to_do(guest, method):
    response = getattr(guest, method)("/invitations/nonsense")

    assert response.status_code == 404
    assert "скопировалась не целиком" in response.text


def test_person_with_an_account_joins_with_one_button(sign_in, url):
    user = person("Зимин Егор", "zimin@example.org")
    browser = sign_in(user)

    assert "Вы вошли как Зимин Егор" in browser.get(url).text
    response = browser.post(f"{url}/enter", data={"position": "PARENT"})

    assert response.location == "/home/"
    assert active_membership(user)


def test_position_is_asked_of_everybody(sign_in, url):
    user = person("Зимин Егор", "zimin@example.org")

    page = sign_in(user).post(f"{url}/enter", data={"position": ""}).text

    assert "Выберите, кто вы" in page


def test_member_is_told_that_the_link_has_worked(sign_in, url, member):
    assert "Вы уже в команде" in sign_in(member).get(url).text


def test_member_of_another_team_is_told_how_to_move(sign_in, url, other):
    page = sign_in(other).get(url).text

    assert "Вы уже в другой команде" in page
    assert f"/members/{active_membership(other).id}/leave" in page


def test_first_one_learns_to_invite_the_others(guest, other_team, admin):
    invite(other_team, actor=admin)
    token = current_invitation(other_team).token

    page = guest.post(
        f"/invitations/{token}", data=answers(), follow_redirects=True
    ).text

    assert "вы её капитан" in page
    user = db.session.scalars(
        sa.select(User).filter_by(email="zimin@example.org")
    ).one()
    assert active_membership(user).is_captain


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "Первое занятие можно читать сразу."), (9, "Первое занятие откроется {}.")],
)
def test_printed_sheet_names_the_day_of_the_first_lesson(
    sign_in, link, captain, cohort, team, module, days, said
):
    opens_on = cohort.rows[0].opens_on = today() + timedelta(days=days)
    db.session.commit()

    sheet = sign_in(captain).get(f"/invitations/teams/{team.id}/sheet").text

    assert said.format(day(opens_on)) in sheet
