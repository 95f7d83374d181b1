"""What can happen to the people of a team."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.schools.members.services import (
    change_position,
    leave_team,
    make_captain,
    return_to_team,
)
from lms.schools.teams.models import Membership, Position
from lms.schools.teams.permissions import active_membership
from lms.schools.teams.roster import memberships_of
from tests.conftest import copies_of, count, member_of, person


@pytest.fixture
def place(member):
    """The membership of `member`."""
    return active_membership(member)


@pytest.fixture
def lead(captain):
    """The membership of `captain`."""
    return active_membership(captain)


def captains(team):
    db.session.expire_all()
    return [m.user.full_name for m in memberships_of(team) if m.is_captain]


def test_captain_hands_the_team_over(team, lead, place, captain, member):
    make_captain(place, actor=captain)

    assert captains(team) == [member.full_name]
    assert lead.is_active


def test_second_press_changes_no_captain(team, place, captain, member):
    make_captain(place, actor=captain)
    make_captain(place, actor=captain)

    assert captains(team) == [member.full_name]
    assert count(AuditEvent) == 1


def test_two_presses_at_once_make_one_captain(team, place, captain, member, race):
    chosen, actor = copies_of(place), copies_of(captain)

    def press():
        make_captain(chosen(), actor=actor())

    assert race(press, press) == [None, None]
    assert captains(team) == [member.full_name]
    assert count(AuditEvent) == 1


def test_two_people_choosing_at_once_leave_one_captain(team, captain, tutor, race):
    names = ["Первый Пётр", "Второй Василий"]
    people = [person(name, f"{n}@example.org") for n, name in enumerate(names)]
    places = [copies_of(active_membership(member_of(team, one))) for one in people]
    actor = copies_of(tutor)

    results = race(*[lambda p=p: make_captain(p(), actor=actor()) for p in places])

    assert None in results
    assert len(captains(team)) == 1
    assert captains(team)[0] in names


def test_captain_is_one_of_the_team(place, captain):
    leave_team(place, actor=captain)

    with pytest.raises(RuleError, match="уже нет"):
        make_captain(place, actor=captain)


def test_refused_choice_keeps_the_captain(team, place, captain):
    leave_team(place, actor=captain)
    with pytest.raises(RuleError):
        make_captain(place, actor=captain)

    assert captains(team) == [captain.full_name]


def test_who_left_stays_in_the_history(team, place, member):
    leave_team(place, actor=member)

    assert active_membership(member) is None
    assert place in memberships_of(team)
    assert place.left_at


def test_captain_hands_over_before_leaving(lead, place, captain):
    with pytest.raises(RuleError, match="сначала передайте"):
        leave_team(lead, actor=captain)

    make_captain(place, actor=captain)
    leave_team(lead, actor=captain)
    assert not lead.is_active


def test_last_one_may_leave(lead, captain):
    leave_team(lead, actor=captain)

    assert not lead.is_active


def test_staff_may_remove_a_captain(lead, place, admin):
    leave_team(lead, actor=admin)

    assert not lead.is_active


def test_nobody_leaves_twice(place, member):
    leave_team(place, actor=member)

    with pytest.raises(RuleError, match="уже нет"):
        leave_team(place, actor=member)


def test_return_begins_a_new_membership(team, place, member, captain):
    leave_team(place, actor=member)

    again = return_to_team(place, actor=captain)

    assert active_membership(member) == again != place
    assert again.position is place.position
    assert not place.is_active


def test_who_is_in_another_team_does_not_return(place, member, captain, other_team):
    leave_team(place, actor=member)
    member_of(other_team, member)

    with pytest.raises(RuleError, match="уже состоит"):
        return_to_team(place, actor=captain)


def test_two_people_bring_somebody_back_once(place, member, captain, race):
    leave_team(place, actor=member)
    old, actor = copies_of(place), copies_of(captain)

    results = race(*[lambda: bool(return_to_team(old(), actor=actor()))] * 2)

    assert results.count(True) == 1
    assert db.session.query(Membership).filter_by(user_id=member.id).count() == 2


def test_former_captain_comes_back_as_a_member(team, lead, captain, admin):
    leave_team(lead, actor=admin)

    assert not return_to_team(lead, actor=admin).is_captain


def test_position_is_corrected(place):
    change_position(place, position=Position.PARENT)

    assert place.position is Position.PARENT
