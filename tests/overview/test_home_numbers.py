"""Numbers of schools that wait for an admin, on the start page."""

import pytest

from lms.core.language import NBSP
from lms.identity.accounts.models import Role
from lms.monitoring.indicators import services
from lms.overview.home.attention import read_attention
from tests.conftest import look_after, member_of, person
from tests.measurements import measure, settle

WAITS = "решения о показателях, и кроме вас некому"


@pytest.fixture
def told(admin):
    """Return a function that reads what the admin is told of numbers."""
    return lambda: [
        one.sentence.replace(NBSP, " ")
        for one in read_attention(admin).concerns
        if WAITS in one.sentence
    ]


@pytest.fixture
def parents(app):
    return settle("parents")


@pytest.fixture
def second(territory):
    """A second coordinator, who looks after the whole region."""
    user = person("Ким Вера Павловна", "kim@example.org", Role.COORDINATOR)
    return look_after(user, territory.parent)


def test_number_that_the_only_coordinator_sent_waits_for_an_admin(
    team, parents, coordinator, admin, told, sign_in
):
    sent = measure(team.school, parents, 12, 90, author=coordinator)
    browser = sign_in(admin)

    url = f"/indicators/schools/{team.school_id}?period={sent.starts_on}"
    assert told() == [f"1 школа ждёт {WAITS}"]
    assert f'href="{url}"' in browser.get("/home/").text

    services.accept_measurements([sent], actor=admin)
    assert told() == []


def test_number_that_somebody_else_may_accept_waits_for_no_admin(
    team, parents, coordinator, second, told
):
    measure(team.school, parents, 12, 90, author=coordinator)

    assert told() == []


def test_coordinator_who_answers_for_the_school_does_not_count(
    team, parents, coordinator, second, told
):
    member_of(team, second, captain=True)
    measure(team.school, parents, 12, 90, author=coordinator)

    assert told() == [f"1 школа ждёт {WAITS}"]


def test_number_of_a_school_without_a_coordinator_waits_for_an_admin(
    team, territory, parents, captain, told
):
    measure(team.school, parents, 12, 90, author=captain)

    assert told() == [f"1 школа ждёт {WAITS}"]


def test_admin_decides_about_no_number_of_their_own(
    team, territory, parents, admin, told
):
    measure(team.school, parents, 12, 90, author=admin)

    assert told() == []
