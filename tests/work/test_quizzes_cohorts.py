"""Self-checks of a person in two cohorts: each cohort counts its own."""

import pytest

from lms.outcomes.certificates.conditions import conditions_of
from lms.schools.members.services import choose_team
from lms.schools.teams.permissions import active_membership
from lms.work.quizzes.services import best_percent, store_result
from tests.years import join_another_cohort

RIGHT = {1: {2}, 2: {1, 2}}
FORM = {"question-1": "2", "question-2": ["1", "2"]}


@pytest.fixture
def first(module, member):
    return active_membership(member)


@pytest.fixture
def second(module, member, first):
    """The same lesson in the second cohort, which asks the same."""
    place = join_another_cohort(member.email, is_shown=True)
    place.team.cohort.rule = first.team.cohort.rule
    return place


def quiz_of(place, member):
    return next(c for c in conditions_of(place, member) if c.what == "Самопроверка")


def test_self_check_of_the_first_cohort_is_none_of_the_second(
    module, member, first, second
):
    revision = module.current_revision
    store_result(revision, user=member, answers=RIGHT, cohort_id=first.cohort_id)

    assert quiz_of(first, member).is_met
    assert not quiz_of(second, member).is_met


def test_self_check_without_a_cohort_counts_in_both(module, member, first, second):
    store_result(module.current_revision, user=member, answers=RIGHT)

    assert quiz_of(first, member).is_met
    assert quiz_of(second, member).is_met


def test_page_stores_for_which_cohort_it_was(sign_in, module, member, first, second):
    choose_team(first)
    browser = sign_in(member)

    browser.post(f"/quizzes/{module.slug}/", data=FORM)

    here, there = first.team.cohort, second.team.cohort
    assert best_percent(member, [module.id], here)
    assert not best_percent(member, [module.id], there)
