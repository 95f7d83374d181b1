"""The end of a cohort makes graduates: they read on, and belong to it for good."""

import pytest

from lms.core.extensions import db
from lms.course.cohorts.services import close_cohort, reopen_cohort
from lms.schools.members.services import leave_team, return_to_team
from lms.schools.teams.permissions import active_membership
from tests.years import another_team


@pytest.fixture
def place(captain):
    return active_membership(captain)


@pytest.fixture
def left(member, admin):
    """Left before the end."""
    place = active_membership(member)
    leave_team(place, actor=admin)
    return place


def test_people_of_a_closed_cohort_are_graduates(cohort, place, left, admin):
    close_cohort(cohort, actor=admin)

    assert place.is_active
    assert place.graduated_at is not None
    assert left.graduated_at is None


def test_nobody_is_a_graduate_of_a_cohort_that_goes_on(cohort, place, admin):
    close_cohort(cohort, actor=admin)

    reopen_cohort(cohort, actor=admin)

    assert place.graduated_at is None


def test_end_of_one_cohort_is_none_of_another(cohort, place, admin):
    close_cohort(another_team().cohort, actor=admin)

    assert place.graduated_at is None


def test_graduate_who_left_and_came_back_is_one(cohort, place, admin):
    close_cohort(cohort, actor=admin)
    leave_team(place, actor=admin)

    again = return_to_team(place, actor=admin)

    db.session.refresh(again)
    assert again.graduated_at == place.graduated_at is not None


def test_finished_cohort_asks_for_no_next_step(cohort, module, captain, admin, sign_in):
    close_cohort(cohort, actor=admin)

    page = sign_in(captain).get("/home/").text

    assert "новых ответов уже не ждут" in page
    assert '<article class="card">' not in page
    assert "#actions" in page
