"""Letters to the members of a team that waited while somebody left it."""

import pytest

from lms.review.reviews.models import Cause
from lms.review.reviews.reversals import accept_after_all
from lms.schools.members.services import leave_team
from lms.schools.teams.permissions import active_membership
from tests.conftest import letters
from tests.works import accept, send, send_back


@pytest.fixture
def attempt(module, captain, member, team):
    """What «Опора» has sent; two people are in the team."""
    return send(module, captain, team)


def leave(person):
    leave_team(active_membership(person), actor=person)


def readers():
    return {letter["to"] for letter in letters()}


@pytest.mark.parametrize("judge", [accept, send_back])
def test_review_reaches_everybody_in_the_team(attempt, tutor, captain, member, judge):
    judge(attempt, tutor)

    assert readers() == {captain.email, member.email}


@pytest.mark.parametrize("judge", [accept, send_back])
def test_review_that_waited_reaches_nobody_who_left(
    attempt, tutor, captain, member, judge
):
    judge(attempt, tutor)
    leave(member)

    assert readers() == {captain.email}


def test_changed_decision_that_waited_reaches_nobody_who_left(
    attempt, tutor, captain, member
):
    review = send_back(attempt, tutor)
    assert readers() == {captain.email, member.email}
    accept_after_all(review, cause=Cause.APPEAL, words="", actor=tutor)
    leave(member)

    told = [a["to"] for a in letters() if a["subject"].endswith("зачтено")]
    assert told == [captain.email]
