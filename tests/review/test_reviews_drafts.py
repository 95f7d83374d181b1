"""The draft of a review: kept as it is typed, overwritten by nobody."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.review.reviews import leases
from lms.review.reviews.drafts import StaleDraftError, draft_of, save_draft
from lms.review.reviews.judgement import Judgement, Mark
from tests.works import accept, judged, send


@pytest.fixture
def attempt(module, captain, member, team):
    """What «Опора» has sent; two people are in the team."""
    return send(module, captain, team)


def test_draft_comes_back_as_it_was_typed(attempt, tutor):
    judgement = judged(svyaz=0, summary="Пока")

    assert save_draft(attempt, judgement, base_version=0, tutor=tutor) == 1

    assert Judgement.of(draft_of(attempt, tutor)) == judgement


def test_draft_prolongs_the_lease(attempt, tutor):
    leases.take(attempt.submission, tutor=tutor)
    leases.lease_of(attempt.submission).until = utcnow() + timedelta(minutes=2)

    save_draft(attempt, judged(), base_version=0, tutor=tutor)

    left = leases.lease_of(attempt.submission).until - utcnow()
    assert left > timedelta(minutes=29)


def test_draft_survives_a_lost_lease(attempt, tutor, tutor2):
    leases.take(attempt.submission, tutor=tutor2)

    save_draft(attempt, judged(summary="Моё"), base_version=0, tutor=tutor)

    assert draft_of(attempt, tutor).summary == "Моё"
    holding = leases.holding(attempt.submission, tutor=tutor)
    assert not holding.is_mine
    assert "Ольга Ким" in holding.sentence


def test_drafts_of_two_tutors_do_not_meet(attempt, tutor, tutor2):
    save_draft(attempt, judged(summary="Моё"), base_version=0, tutor=tutor)
    save_draft(attempt, judged(summary="Её"), base_version=0, tutor=tutor2)

    accept(attempt, tutor)

    assert draft_of(attempt, tutor) is None
    assert draft_of(attempt, tutor2).summary == "Её"


@pytest.mark.parametrize("base_version", [0, 1])
def test_second_tab_does_not_overwrite_the_first(attempt, tutor, base_version):
    for version, summary in enumerate(["Раз", "Два"]):
        save_draft(attempt, judged(summary=summary), base_version=version, tutor=tutor)

    with pytest.raises(StaleDraftError, match="в другой вкладке"):
        save_draft(
            attempt, judged(summary="Три"), base_version=base_version, tutor=tutor
        )

    assert draft_of(attempt, tutor).summary == "Два"


def test_same_text_saved_twice_is_no_conflict(attempt, tutor):
    save_draft(attempt, judged(), base_version=0, tutor=tutor)

    assert save_draft(attempt, judged(), base_version=0, tutor=tutor) == 1


@pytest.mark.parametrize(
    "judgement",
    [Judgement({"svyaz": Mark(0, "а" * 4001)}), Judgement(summary="а" * 8001)],
)
def test_endless_texts_are_refused(attempt, tutor, judgement):
    with pytest.raises(RuleError, match="длиннее"):
        save_draft(attempt, judgement, base_version=0, tutor=tutor)
