"""Two people at once about one request: one of them wins, the other is told."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.services import ask, decline, grant
from lms.work.submissions.models import Submission
from lms.work.submissions.services import start_submission
from tests.conftest import copies_of, count
from tests.review.test_deferrals_services import in_days


@pytest.fixture
def work(module, team, captain):
    """A work that the team writes; due in 14 days."""
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def deferral(work, captain):
    """The team asks for another week."""
    return ask(work, wanted_on=in_days(21), reason="Каникулы.", member=captain)


def give(deferral, tutor):
    grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)


def refuse(deferral, tutor):
    decline(deferral, answer="Нет.", tutor=tutor)


def test_two_tutors_answer_at_once(race, deferral, work, tutor, tutor2):
    load, first, second = copies_of(deferral), copies_of(tutor), copies_of(tutor2)

    outcomes = race(lambda: give(load(), first()), lambda: refuse(load(), second()))

    assert sorted(isinstance(o, RuleError) for o in outcomes) == [False, True]
    db.session.refresh(deferral)
    db.session.refresh(work)
    assert (work.due_on == in_days(21)) == deferral.is_granted


def test_two_members_ask_at_once(race, work, captain, member):
    work_id = work.id

    def press(user_id):
        found = db.session.get(Submission, work_id)
        person = db.session.get(User, user_id)
        ask(found, wanted_on=in_days(21), reason="Так.", member=person)

    people = [captain.id, member.id]
    outcomes = race(*(lambda user_id=user_id: press(user_id) for user_id in people))

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert count(Deferral) == 1
