"""A meeting agreed with a mentor in the calendars of both, and of nobody else."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.network.mentors.answering import arrange
from lms.network.mentors.asking import take_back
from lms.network.mentors.offers import stop
from lms.overview.agenda import addresses
from tests.mentors import TOPIC, accepted_request, offer_help, settle_school
from tests.overview.test_agenda_feed import read
from tests.overview.test_digest_projects import text_of

HOSTILE = "<b>Школа</b>"


@pytest.fixture
def mentor(other, other_team, territory):
    settle_school(other_team, territory.parent)
    return offer_help(other)


@pytest.fixture
def agreed(captain, mentor):
    return meet(accepted_request(captain, mentor))


def meet(asked, *, days=3):
    moment = (utcnow() + timedelta(days=days)).replace(microsecond=0)
    facts = {"meets_at": moment, "minutes": 45, "place": HOSTILE}
    arrange(asked, **facts, actor=asked.asker)
    db.session.refresh(asked)
    return asked


def feed_of(guest, person):
    addresses.give_address(person)
    return read(guest, addresses.link_of(person).split("8000", 1)[1])


def test_both_find_the_meeting_among_their_days(agreed, captain, mentor, sign_in):
    for side in (captain, mentor.user):
        page = sign_in(side).get("/agenda/").text

        assert f'href="/mentors/requests/{agreed.id}/">{TOPIC}' in page
        assert "встреча с наставником" in page
        assert f"/mentors/requests/{agreed.id}/meeting.ics" in page
        assert HOSTILE not in page


def test_calendar_by_subscription_holds_it_once_and_moved(agreed, mentor, guest):
    meet(agreed, days=9)
    events = feed_of(guest, mentor.user)

    event = events[f"mentor-request-{agreed.id}@tochka-sborki"]
    assert event.dtstart.value == agreed.meets_at
    assert event.dtend.value == agreed.meets_at + timedelta(minutes=45)
    assert event.sequence.value == "2"


def test_nobody_else_reads_of_it(agreed, member, tutor, coordinator, sign_in):
    for person in (member, tutor, coordinator):
        assert TOPIC not in sign_in(person).get("/agenda/").text


@pytest.mark.parametrize("how", ["taken back", "mentor stops"])
def test_meeting_that_is_off_leaves_both_calendars(
    how, agreed, captain, mentor, guest, sign_in
):
    if how == "taken back":
        take_back(agreed, asker=captain)
    else:
        stop(mentor)

    for side in (captain, mentor.user):
        addresses.give_address(side)
        address = addresses.link_of(side).split("8000", 1)[1]
        assert TOPIC not in guest.get(address).text
        assert TOPIC not in sign_in(side).get("/agenda/").text


def test_calendar_costs_the_same_with_many_of_them(
    agreed, captain, mentor, sign_in, count_statements
):
    browser = sign_in(captain)
    with count_statements() as few:
        browser.get("/agenda/")
    for _ in range(3):
        meet(accepted_request(captain, mentor))
    with count_statements() as many:
        browser.get("/agenda/")

    assert len(many) == len(few)


@pytest.mark.parametrize(("hours", "is_told"), [(4, True), (72, False)])
def test_morning_letter_names_the_meeting_of_these_days(
    agreed, captain, mentor, hours, is_told
):
    agreed.meets_at = utcnow() + timedelta(hours=hours)
    db.session.commit()

    for side in (captain, mentor.user):
        assert (f"встреча с наставником: {TOPIC}" in text_of(side)) is is_told
