"""Whom a person finds among the mentors, and whose requests a person sees."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import Role
from lms.network.mentors.listing import requests_of, topics_for
from lms.network.mentors.models import Reach
from lms.network.mentors.permissions import visible_requests
from lms.schools.territories.models import Territory
from tests.conftest import look_after, person
from tests.mentors import ask_for_help, offer_help


def found_by(user):
    return [h.mentor.user for topic in topics_for(user) for h in topic.helpers]


def test_mentor_of_the_region_is_found_in_its_other_towns(captain, mentor):
    assert found_by(captain) == [mentor.user]


def test_mentor_of_the_district_is_not_found_in_another_town(captain, mentor):
    offer_help(mentor.user, reach=Reach.DISTRICT)

    assert found_by(captain) == []
    assert found_by(mentor.user) == [mentor.user]


def test_mentor_of_a_town_is_found_in_its_parts(captain, mentor, other_team):
    offer_help(mentor.user, reach=Reach.DISTRICT)
    town = db.session.scalars(sa.select(Territory).filter_by(name="Бердск")).one()
    own = db.session.scalars(sa.select(Territory).filter_by(name="Новосибирск")).one()

    own.parent = town
    db.session.commit()

    assert found_by(captain) == [mentor.user]


def test_mentor_of_another_region_is_not_found(captain, mentor, other_team):
    town = db.session.scalars(sa.select(Territory).filter_by(name="Бердск")).one()

    town.parent = None
    db.session.commit()

    assert found_by(captain) == []


def test_coordinator_finds_mentors_of_her_region(coordinator, mentor):
    assert found_by(coordinator) == [mentor.user]


def test_stranger_finds_nobody(other_tutor, mentor):
    assert found_by(other_tutor) == []


def test_request_is_seen_by_both_sides_and_the_coordinator(
    captain, member, mentor, coordinator, other_tutor, admin
):
    asked = ask_for_help(captain, mentor)

    seen = {
        user: db.session.scalar(visible_requests(user)) is asked
        for user in (captain, member, mentor.user, coordinator, other_tutor, admin)
    }

    assert [user for user, sees in seen.items() if sees] == [
        captain,
        mentor.user,
        coordinator,
        admin,
    ]


def test_coordinator_of_the_mentors_town_sees_no_request(captain, mentor):
    town = db.session.scalars(sa.select(Territory).filter_by(name="Бердск")).one()
    leader = person("Ершов Лев Ильич", "ershov@example.org", Role.COORDINATOR)
    look_after(leader, town)

    ask_for_help(captain, mentor)

    assert requests_of(leader, leads=True).led == []


@pytest.mark.parametrize("words", ["ПАРЫ", "бердск", "умею"])
def test_mentor_is_found_by_words(captain, mentor, words):
    assert len(topics_for(captain, words)) == 1
    assert topics_for(captain, "рыбалка") == []


def test_topics_in_two_spellings_are_one(captain, mentor, member):
    offer_help(member, "как составить ПАРЫ")

    (topic,) = topics_for(captain)

    assert {helper.mentor.user for helper in topic.helpers} == {mentor.user, member}
