"""Offering help, pausing, renewing, stopping, and what happens without the person."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.erasures.ties import ties_of
from lms.network.mentors import offers
from lms.network.mentors.listing import topics_for
from lms.network.mentors.models import Mentor, MentorTopic, RequestState
from lms.schools.members.services import leave_team
from lms.schools.people.services import close_account
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, count
from tests.mentors import accepted_request, ask_for_help, backdated, offer_help


def test_offer_that_is_corrected_stays_one(mentor):
    offer_help(mentor.user, "Пары", "Совет", hours=2)

    assert count(Mentor) == 1
    assert [topic.name for topic in mentor.topics] == ["Пары", "Совет"]
    assert mentor.hours_a_month == 2


def test_two_tabs_make_one_mentor(race, member):
    load = copies_of(member)

    race(lambda: offer_help(load()).id, lambda: offer_help(load()).id)

    assert (count(Mentor), count(MentorTopic)) == (1, 1)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 9, 1), date(2027, 8, 31)),
        (date(2027, 3, 1), date(2027, 8, 31)),
        (date(2027, 6, 1), date(2028, 8, 31)),
        (date(2027, 8, 31), date(2028, 8, 31)),
    ],
)
def test_offer_lasts_until_the_school_year_ends(app, monkeypatch, day, last):
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr("lms.core.language.utcnow", lambda: moment)

    assert offers.end_of_offer() == last


def test_mentor_who_pauses_is_found_no_more(captain, mentor):
    offers.pause(mentor)

    assert topics_for(captain) == []

    offers.resume(mentor)

    assert len(topics_for(captain)) == 1


def test_mentor_who_stopped_cannot_renew(mentor):
    offers.stop(mentor)

    with pytest.raises(RuleError):
        offers.renew(mentor)


def test_open_requests_of_a_mentor_who_stops_go_to_the_coordinator(captain, mentor):
    waiting = ask_for_help(captain, mentor, days_ago=5)
    accepted = accepted_request(captain, mentor)
    asked_at = waiting.asked_at

    assert offers.stop(mentor) == 2

    for asked in (waiting, accepted):
        db.session.refresh(asked)
        assert (asked.mentor, asked.state) == (None, RequestState.HANDED)
        assert asked.hours is None
    assert waiting.asked_at == asked_at


def test_mentor_who_left_the_school_is_off_the_map(captain, mentor, admin):
    asked = ask_for_help(captain, mentor)

    leave_team(active_membership(mentor.user), actor=admin)

    db.session.refresh(asked)
    assert asked.mentor is None
    assert mentor.withdrawn_at is not None
    assert topics_for(captain) == []


def test_mentor_whose_account_is_closed_is_off_the_map(captain, mentor, admin):
    close_account(mentor.user, actor=admin)

    db.session.refresh(mentor)
    assert mentor.withdrawn_at is not None


def test_colleague_who_leaves_changes_nothing(captain, mentor, member):
    offer_help(captain)

    leave_team(active_membership(member), actor=captain)

    assert count(Mentor) == 2
    still = sa.select(Mentor).where(Mentor.withdrawn_at.is_(None))
    assert len(db.session.scalars(still).all()) == 2


def test_what_waits_for_a_lapsed_mentor_goes_to_the_coordinator(captain, mentor):
    waiting = ask_for_help(captain, mentor)
    accepted = accepted_request(captain, mentor)
    mentor.active_until = today() - timedelta(days=1)
    db.session.commit()

    assert offers.give_back_of_lapsed() == 1

    for asked in (waiting, accepted):
        db.session.refresh(asked)
    assert (waiting.mentor, accepted.mentor) == (None, mentor)


def test_request_with_a_result_stays_where_it_is(captain, mentor):
    asked = accepted_request(captain, mentor)
    backdated(asked, 1, "result_at")

    assert offers.stop(mentor) == 0


def test_mentor_who_asks_to_be_erased_hears_of_open_requests(captain, mentor):
    ask_for_help(captain, mentor)

    told = [tie.sentence for tie in ties_of(mentor.user) if not tie.is_binding]

    assert any(
        "1\xa0открытый запрос: отвечать будет координатор" in one for one in told
    )
