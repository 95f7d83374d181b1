"""A team takes back what it sent: as long as no tutor has it, at no cost."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.services import ask
from lms.review.reviews.leases import let_go, take, take_next
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.submissions.models import Status
from lms.work.submissions.services import attempts_of, history_of, start_submission
from lms.work.ticks.services import sent_ticks_of, tick, ticks_of
from tests.conftest import copies_of
from tests.review.test_deferrals_services import in_days
from tests.works import TEXTS, accept, send, send_back


@pytest.fixture
def attempt(module, captain, team):
    return send(module, captain, team)


@pytest.fixture
def second(attempt, tutor, captain):
    """The work came back, one remark was ticked, and the work was sent again."""
    send_back(attempt, tutor)
    tick(attempt, "summary", member=captain)
    return send_attempt(attempt.submission, author=captain)


def test_first_attempt_taken_back_leaves_a_draft_nobody_else_sees(attempt, member):
    work = attempt.submission

    withdraw_attempt(work, 1, member=member)

    assert (work.status, work.sent_at) == (Status.DRAFT, None)
    assert attempts_of(work) == []
    assert history_of(work)[0].withdrawal.withdrawn_by == member


def test_second_attempt_taken_back_is_the_returned_work_again(attempt, second, captain):
    work = attempt.submission

    withdraw_attempt(work, second.number, member=captain)

    assert (work.status, work.sent_at) == (Status.RETURNED, attempt.sent_at)
    assert [a.number for a in attempts_of(work)] == [1]
    assert set(ticks_of(attempt)) == {"summary"}


def test_ticks_go_with_the_attempt_sent_after_one_taken_back(attempt, second, captain):
    withdraw_attempt(attempt.submission, 2, member=captain)

    third = send_attempt(attempt.submission, author=captain)

    assert third.number == 3
    assert set(sent_ticks_of(third)) == {"summary"}


def test_work_sent_again_is_judged_as_usual(attempt, captain, tutor):
    withdraw_attempt(attempt.submission, 1, member=captain)
    again = send_attempt(attempt.submission, author=captain)

    accept(again, tutor)

    assert attempt.submission.is_accepted
    assert [f["text"] for f in again.fields] == list(TEXTS.values())


def test_work_a_tutor_has_taken_stays(attempt, captain, tutor):
    take(attempt.submission, tutor=tutor)

    with pytest.raises(RuleError, match="уже взял"):
        withdraw_attempt(attempt.submission, 1, member=captain)

    assert attempt.submission.is_waiting


def test_work_a_tutor_let_go_can_be_taken_back(attempt, captain, tutor):
    take(attempt.submission, tutor=tutor)
    let_go(attempt.submission, tutor=tutor)

    withdraw_attempt(attempt.submission, 1, member=captain)

    assert attempt.submission.is_editable


def test_page_left_open_takes_back_no_later_version(attempt, second, captain):
    with pytest.raises(RuleError, match="другую"):
        withdraw_attempt(attempt.submission, 1, member=captain)

    assert attempt.submission.is_waiting


def test_request_for_days_is_open_again(module, captain, team):
    work = start_submission(module, user=captain, team=team)
    asked = ask(work, wanted_on=in_days(21), reason="Каникулы.", member=captain)
    send(module, captain, team)

    withdraw_attempt(work, 1, member=captain)

    assert db.session.get_one(Deferral, asked.id).is_open


def test_work_is_offered_to_nobody_while_it_can_be_undone(app, attempt, tutor):
    app.config["LMS_UNDO_SECONDS"] = 60

    assert take_next(tutor) is None
    with pytest.raises(RuleError, match="передумать"):
        take(attempt.submission, tutor=tutor)


def test_team_takes_back_while_a_tutor_takes_next(race, attempt, captain, tutor):
    work, load, who = (
        copies_of(attempt.submission),
        copies_of(captain),
        copies_of(tutor),
    )

    taken, refused = race(
        lambda: take_next(who()),
        lambda: withdraw_attempt(work(), 1, member=load()),
    )

    db.session.refresh(attempt.submission)
    assert (taken is not None) == isinstance(refused, RuleError)
    assert attempt.submission.is_waiting == (taken is not None)
