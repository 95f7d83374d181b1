"""Pages about one member."""

import pytest

from lms.core.extensions import db
from lms.schools.teams.models import Position
from lms.schools.teams.permissions import active_membership


@pytest.fixture
def place(member):
    return active_membership(member)


def test_captain_hands_the_team_over(sign_in, captain, place):
    page = sign_in(captain).post(f"/members/{place.id}/captain", follow_redirects=True)

    assert "Теперь капитан — Олег Орлов" in page.text


def test_captain_removes_and_brings_back(sign_in, captain, member, place):
    browser = sign_in(captain)

    page = browser.post(f"/members/{place.id}/remove", follow_redirects=True).text
    assert "больше не в команде" in page
    assert "Вернуть в команду" in page

    browser.post(f"/members/{place.id}/bring-back")
    assert active_membership(member)


def test_member_does_not_decide_about_others(sign_in, captain, member):
    lead = active_membership(captain)

    assert sign_in(member).post(f"/members/{lead.id}/remove").status_code == 403


def test_member_leaves_and_sees_what_is_next(sign_in, member, place):
    browser = sign_in(member)

    assert "Выйти из команды «Опора»?" in browser.get(f"/members/{place.id}/leave").text
    page = browser.post(f"/members/{place.id}/leave", follow_redirects=True).text

    assert "Вы вышли из команды «Опора»" in page
    assert "Вы пока не в команде" in page


def test_captain_learns_what_to_do_before_leaving(sign_in, captain, member):
    lead = active_membership(captain)

    page = sign_in(captain).post(f"/members/{lead.id}/leave").text

    assert "сначала передайте команду" in page
    assert "Вы вышли" not in page


def test_nobody_leaves_for_somebody_else(sign_in, captain, place):
    assert sign_in(captain).get(f"/members/{place.id}/leave").status_code == 403


def test_member_corrects_the_own_position(sign_in, member, place):
    sign_in(member).post(f"/members/{place.id}/position", data={"position": "PARENT"})

    db.session.refresh(place)
    assert place.position is Position.PARENT


def test_position_is_required(sign_in, member, place):
    form = {"position": ""}

    page = sign_in(member).post(f"/members/{place.id}/position", data=form).text

    assert "Выберите, кто вы" in page
