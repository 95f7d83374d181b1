"""What the letter of the day says of more days."""

import pytest

from lms.identity.letters.models import Letter
from lms.overview.digest.contents import digest_of
from lms.review.deferrals.services import ask, grant
from lms.work.submissions.services import start_submission
from tests.review.test_deferrals_services import in_days


@pytest.fixture
def work(module, team, captain):
    """A work that the team writes; due in 14 days."""
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def deferral(work, captain):
    """The team asks for another week."""
    return ask(work, wanted_on=in_days(21), reason="Каникулы.", member=captain)


def test_answer_is_in_the_letter_of_the_day(deferral, member, tutor):
    grant(deferral, granted_on=in_days(21), answer="Хорошо.", tutor=tutor)

    lines = [line for s in digest_of(member, unwanted=()).sections for line in s.lines]

    assert [line for line in lines if "срок продлён до" in line.text]
    assert digest_of(member, unwanted={Letter.DEFERRAL}).sections == []


def test_tutor_is_told_that_somebody_waits(deferral, tutor):
    (section,) = digest_of(tutor, unwanted=()).sections

    assert section.lines[0].text == "1\N{NO-BREAK SPACE}просьба ждёт ответа"
