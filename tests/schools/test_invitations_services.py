"""What can happen to the link by which people join a team."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.identity.accounts.consents import import_consent
from lms.identity.accounts.models import Consent, User
from lms.identity.audit.models import AuditEvent
from lms.schools.invitations.services import (
    current_invitation,
    find_invitation,
    invite,
    join_team,
    register_member,
    replace_invitation,
    withdraw_invitation,
)
from lms.schools.teams.models import Membership, Position
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, person, save

NEW = {
    "full_name": " Зимин  Егор ",
    "email": "Zimin@Example.org",
    "password": "утюг сирень вокзал",
    "position": Position.GRADUATE,
    "consent_version": None,
}


@pytest.fixture
def link(team, captain):
    """The link into `team`, which has a captain."""
    invite(team, places=2, days=7, actor=captain)
    return current_invitation(team)


@pytest.fixture
def newcomer(app):
    return person("Зимин Егор", "zimin@example.org")


def people(team):
    query = sa.select(sa.func.count(Membership.id)).filter_by(team_id=team.id)
    return db.session.scalar(query)


def test_link_names_its_places_and_its_last_day(link):
    assert (link.places_left, link.used, link.is_usable) == (2, 0, True)
    assert link.last_day == today() + timedelta(days=7)
    assert len(link.token) >= 43


def test_more_places_do_not_change_the_link(team, link, newcomer, captain):
    token = link.token
    join_team(link, user=newcomer, position=Position.TEACHER)

    invite(team, places=50, days=90, actor=captain)

    assert current_invitation(team).token == token
    assert (link.places_left, link.used) == (50, 1)


def test_two_people_making_a_link_at_once_get_one(team, captain, race):
    here, actor = copies_of(team), copies_of(captain)

    race(*[lambda: invite(here(), actor=actor())] * 2)

    assert current_invitation(team).is_usable


def test_link_withdrawn_by_several_presses_stands_in_the_journal_once(
    team, link, captain, race
):
    here, actor = copies_of(team), copies_of(captain)

    race(*[lambda: withdraw_invitation(here(), actor=actor())] * 4)

    withdrawn = sa.select(AuditEvent).filter_by(action="отозвано приглашение")
    assert len(db.session.scalars(withdrawn).all()) == 1


def test_new_link_ends_the_old_one(team, link, captain):
    replace_invitation(team, actor=captain)

    new = current_invitation(team)
    assert link.is_withdrawn
    assert new.token != link.token
    assert (new.places_left, new.expires_at) == (2, link.expires_at)


def test_only_a_working_link_is_replaced(team, link, captain):
    withdraw_invitation(team, actor=captain)

    with pytest.raises(RuleError, match="сделайте новую"):
        replace_invitation(team, actor=captain)


def test_withdrawing_twice_does_no_harm(team, link, captain):
    withdraw_invitation(team, actor=captain)
    withdraw_invitation(team, actor=captain)

    assert find_invitation(link.token).is_withdrawn


def test_person_joins_and_takes_a_place(link, team, newcomer):
    join_team(link, user=newcomer, position=Position.PARTNER)

    membership = active_membership(newcomer)
    assert (membership.team, membership.position) == (team, Position.PARTNER)
    assert not membership.is_captain
    assert link.places_left == 1


@pytest.mark.parametrize(
    "change",
    [
        {"withdrawn_at": utcnow()},
        {"expires_at": utcnow()},
        {"used": 2},
    ],
    ids=["withdrawn", "expired", "used up"],
)
def test_link_that_does_not_work_lets_nobody_in(link, newcomer, change):
    for name, value in change.items():
        setattr(link, name, value)
    db.session.commit()

    with pytest.raises(RuleError, match="больше не действует"):
        join_team(link, user=newcomer, position=Position.TEACHER)


def test_closed_cohort_lets_nobody_in(link, cohort, newcomer):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="больше не действует"):
        join_team(link, user=newcomer, position=Position.TEACHER)

    assert link.used == 0


def test_member_of_a_team_does_not_take_a_place(link, other):
    with pytest.raises(RuleError, match="уже состоите"):
        join_team(link, user=other, position=Position.TEACHER)

    assert link.used == 0


def test_last_place_goes_to_one(link, team, race):
    link.quota = 1
    users = [copies_of(person("Имя Имя", f"{n}@example.org")) for n in range(4)]
    here = copies_of(link)

    def come(user):
        return bool(join_team(here(), user=user(), position=Position.TEACHER))

    results = race(*[lambda user=user: come(user) for user in users])

    assert results.count(True) == 1
    assert (people(team), link.places_left) == (2, 0)


def test_one_person_in_two_tabs_takes_one_place(link, newcomer, race):
    here, user = copies_of(link), copies_of(newcomer)

    race(*[lambda: join_team(here(), user=user(), position=Position.HEAD)] * 2)

    db.session.refresh(link)
    assert link.used == 1


def test_only_the_first_of_a_new_team_becomes_captain(other_team, admin, race):
    invite(other_team, actor=admin)
    here = copies_of(current_invitation(other_team))
    users = [copies_of(person("Имя Имя", f"{n}@example.org")) for n in range(3)]

    def come(user):
        return join_team(here(), user=user(), position=Position.TEACHER).is_captain

    results = race(*[lambda user=user: come(user) for user in users])

    assert sorted(results) == [False, False, True]


def test_new_person_gets_an_account_and_a_place(link, team):
    membership = register_member(link, **NEW)

    user = membership.user
    assert (user.full_name, user.email) == ("Зимин Егор", "zimin@example.org")
    assert (membership.team, link.used) == (team, 1)


def test_consent_is_stored_with_its_version(link):
    import_consent("2027-1", "Согласие", "<p>Текст</p>")

    user = register_member(link, **NEW | {"consent_version": "2027-1"}).user

    consent = db.session.scalars(sa.select(Consent)).one()
    assert (consent.user_id, consent.document.version) == (user.id, "2027-1")
    assert user.has_consented


def test_newer_consent_has_to_be_read_first(link, team):
    import_consent("2027-1", "Согласие", "<p>Текст</p>")
    import_consent("2027-2", "Согласие", "<p>Новый текст</p>")

    with pytest.raises(RuleError, match="текст согласия изменился"):
        register_member(link, **NEW | {"consent_version": "2027-1"})

    assert (people(team), link.used) == (1, 0)
    assert not db.session.scalar(sa.select(User).filter_by(email="zimin@example.org"))


def test_known_address_is_refused_without_saying_so(link, team, other):
    with pytest.raises(RuleError) as refusal:
        register_member(link, **NEW | {"email": other.email.upper()})

    assert "уже есть" not in str(refusal.value)
    assert "Если вы уже бывали" in str(refusal.value)
    assert (people(team), link.used) == (1, 0)


def test_no_account_remains_when_the_places_are_gone(link):
    link.used = 2
    save(link)

    with pytest.raises(RuleError):
        register_member(link, **NEW)

    assert not db.session.scalar(sa.select(User).filter_by(email="zimin@example.org"))


def test_double_press_makes_one_account(link, team, race):
    here = copies_of(link)

    results = race(*[lambda: bool(register_member(here(), **NEW))] * 2)

    assert results.count(True) == 1
    db.session.refresh(link)
    assert (people(team), link.used) == (2, 1)
