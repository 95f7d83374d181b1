"""A returned work that counts after all."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.review.reviews.models import Cause, Reversal, Verdict
from lms.review.reviews.released import released_reviews
from lms.review.reviews.reversals import accept_after_all
from lms.work.credits.models import Credit
from lms.work.submissions.models import Status
from tests.conftest import copies_of, count, letters
from tests.works import accept, send, send_back


@pytest.fixture
def review(module, captain, team, tutor):
    return send_back(send(module, captain, team), tutor)


@pytest.fixture
def work(review):
    return review.attempt.submission


def turn(review, actor):
    words = "Запросы названы в таблице."
    accept_after_all(review, cause=Cause.APPEAL, words=words, actor=actor)
    db.session.commit()


def test_returned_work_is_accepted_and_credited(review, work, captain, tutor2):
    turn(review, tutor2)

    assert (work.status, work.returned_by_id) == (Status.ACCEPTED, None)
    assert (review.verdict, review.outcome) == (Verdict.RETURNED, Verdict.ACCEPTED)
    assert db.session.scalars(db.select(Credit.user_id)).all() == [captain.id]


def test_team_learns_at_once(review, captain, tutor2):
    turn(review, tutor2)

    letter = letters()[-1]
    assert letter["to"] == captain.email
    assert letter["subject"] == "«Карта наставничества»: зачтено"
    assert "Запросы названы в таблице." in letter["text"]


def test_new_version_is_decided_by_its_own_review(review, module, captain, team, tutor):
    send(module, captain, team, pary="Пять пар.")

    with pytest.raises(RuleError, match="отправила новую версию"):
        turn(review, tutor)

    assert count(Reversal) == 0


def test_older_review_turns_nothing(review, work, module, captain, team, tutor):
    send_back(send(module, captain, team, pary="Пять пар."), tutor)

    with pytest.raises(RuleError):
        turn(review, tutor)

    assert work.status is Status.RETURNED


def test_accepted_work_stays_as_it_is(module, captain, team, tutor):
    review = accept(send(module, captain, team), tutor)

    with pytest.raises(RuleError):
        turn(review, tutor)


def test_of_two_decisions_one_counts(race, review, tutor, tutor2):
    decision, people = copies_of(review), [copies_of(tutor), copies_of(tutor2)]

    ended = race(*[lambda who=who: turn(decision(), who()) for who in people])

    assert sorted(str(end)[:11] for end in ended) == ["None", "Эта работа "]
    assert (count(Reversal), count(Credit)) == (1, 1)


def test_pages_say_what_counts(sign_in, review, work, captain, tutor, tutor2):
    turn(review, tutor2)

    page = sign_in(captain).get(f"/submissions/{work.id}/attempts/1/").text
    released = sign_in(tutor).get("/reviews/released?verdict=ACCEPTED").text

    assert "Потом зачтено:" in page
    assert "пересмотр по просьбе команды, Ольга Ким" in page
    assert "Школа № 12" in released
    assert not db.session.scalars(released_reviews(tutor, verdict="RETURNED")).all()
