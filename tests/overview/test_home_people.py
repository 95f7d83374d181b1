"""Who of a team is here and who is still to come, on the first page of a new member."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.schools.invitations.services import end_of_term
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Position
from tests.conftest import letters, save
from tests.works import accept, send

STILL = "Ещё не вошли: 1"
AGAIN = "Написать ещё раз"


@pytest.fixture
def awaited(team, captain, tutor):
    """Somebody who was invited by name and has a letter."""
    newcomer = save(
        Newcomer(
            full_name="Ждан Анна Ильинична",
            email="zhdan@example.org",
            position=Position.PARENT,
            team=team,
            invited_by=tutor,
            token="imennoe",
            expires_at=end_of_term(30),
        )
    )
    from lms.schools.newcomers.letters import ask_for_letters

    ask_for_letters(team.cohort_id)
    db.session.commit()
    letters()
    return newcomer


def test_who_has_just_come_sees_the_team(sign_in, member, captain, module):
    page = sign_in(member).get("/home/").text

    assert "Ваша команда: 2\N{NO-BREAK SPACE}человека" in page
    assert "заместитель директора, капитан" in page
    assert "Орлов Олег Сергеевич — это вы" in page


def test_captain_may_write_once_more_to_who_has_not_come(
    sign_in, captain, member, module, awaited
):
    mine, theirs = (sign_in(one).get("/home/").text for one in (captain, member))

    assert STILL in mine
    assert STILL in theirs
    assert (AGAIN in mine, AGAIN in theirs) == (True, False)


def test_people_are_shown_until_the_team_has_begun(
    sign_in, member, captain, module, team, tutor
):
    accept(send(module, captain, team), tutor)
    for membership in db.session.query(Membership):
        membership.joined_at = utcnow() - timedelta(days=60)
    db.session.commit()

    assert "Ваша команда" not in sign_in(member).get("/home/").text


def test_first_page_costs_at_most_twelve_statements(
    sign_in, captain, member, module, awaited, count_statements
):
    browser = sign_in(captain)
    with count_statements() as statements:
        browser.get("/home/")

    assert len(statements) <= 12
