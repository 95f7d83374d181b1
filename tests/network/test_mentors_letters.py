"""What each side of a request learns by letter of what the other one did."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, site_zone
from lms.network.mentors import offers
from lms.network.mentors.answering import arrange, decline
from lms.network.mentors.asking import leave_to_coordinator, take_back
from lms.network.mentors.hours import free_hours
from tests.conftest import letters
from tests.mentors import ask_for_help, backdated


def meet(asked, *, days=3, actor=None):
    moment = utcnow() + timedelta(days=days)
    facts = {"meets_at": moment, "minutes": 60, "place": "Школа"}
    arrange(asked, **facts, actor=actor or asked.asker)
    db.session.refresh(asked)


@pytest.mark.parametrize("by", ["asker", "mentor"])
def test_other_side_learns_of_a_meeting_and_of_a_move(promised, captain, mentor, by):
    actor, other = captain, mentor.user
    if by == "mentor":
        actor, other = other, actor
    before = len(letters())

    meet(promised, actor=actor)
    meet(promised, days=5, actor=actor)

    first, second = letters()[before:]
    assert (first["to"], second["to"]) == (other.email, other.email)
    assert first["subject"].startswith("Встреча назначена")
    assert second["subject"].startswith("Встречу перенесли")
    assert "60 мин, Школа" in second["text"]


def test_letter_names_the_day_of_a_meeting_however_late_it_is_read(promised, mentor):
    meet(promised, days=1)

    on = promised.meets_at.astimezone(ZoneInfo(mentor.user.timezone))
    text = letters()[-1]["text"]
    assert f", {day(on.date())}, {on:%H:%M}, 60 мин, Школа" in text
    assert "Завтра" not in text


def test_mentor_learns_that_a_request_is_taken_back_and_has_the_hours_again(
    promised, captain, mentor
):
    meet(promised)
    before, free = len(letters()), free_hours([mentor])[mentor.id]
    month = promised.spent_on

    take_back(promised, asker=captain)

    (letter,) = letters()[before:]
    assert letter["to"] == mentor.user.email
    assert "Если вы назначили встречу, её не будет." in letter["text"]
    assert promised.meets_at is None
    assert free_hours([mentor], month)[mentor.id] == mentor.hours_a_month >= free


def test_hours_of_a_meeting_that_was_held_stay_spent(promised, captain, mentor):
    meet(promised)
    backdated(promised, 1, "meets_at", on=["spent_on"])

    take_back(promised, asker=captain)

    month = promised.spent_on
    assert free_hours([mentor], month)[mentor.id] == mentor.hours_a_month - 1


def test_asker_learns_that_the_mentor_has_stopped(promised, captain, mentor):
    meet(promised)
    before = len(letters())

    offers.stop(mentor)

    (letter,) = letters()[before:]
    assert letter["to"] == captain.email
    assert "теперь у координатора" in letter["text"]


def test_hour_in_a_letter_is_by_the_clock_of_its_reader(promised, captain, mentor):
    mentor.user.timezone = "Asia/Vladivostok"
    db.session.commit()
    before = len(letters())

    meet(promised)

    (letter,) = letters()[before:]
    local = promised.meets_at.astimezone(ZoneInfo("Asia/Vladivostok"))
    assert f"{local:%H:%M}, 60 мин" in letter["text"]


def test_form_that_moves_a_meeting_begins_with_what_was_agreed(
    promised, captain, sign_in
):
    meet(promised)

    page = sign_in(captain).get(f"/mentors/requests/{promised.id}/").text

    local = promised.meets_at.astimezone(site_zone())
    assert f'value="{local:%Y-%m-%d}"' in page
    assert f'value="{local:%H:%M}"' in page
    assert "По часам курса" in page


def test_coordinator_learns_of_a_request_that_has_no_mentor(captain, coordinator):
    ask_for_help(captain, None)

    (letter,) = letters()
    assert letter["to"] == coordinator.email
    assert "а наставника у запроса нет" in letter["text"]
    assert captain.email not in letter["text"]


def test_coordinator_of_another_place_does_not(captain, coordinator, other_coordinator):
    ask_for_help(captain, None)

    assert [one["to"] for one in letters()] == [coordinator.email]


@pytest.mark.parametrize("how", ["left", "stopped"])
def test_coordinator_learns_of_a_request_that_comes_back(
    captain, mentor, coordinator, how
):
    asked = ask_for_help(captain, mentor)
    if how == "left":
        decline(asked, reason="Нет времени.", actor=mentor.user)
        leave_to_coordinator(asked, asker=captain)
    else:
        offers.stop(mentor)

    assert letters()[-1]["to"] == coordinator.email
