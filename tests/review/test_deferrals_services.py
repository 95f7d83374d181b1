"""More days: asking, answering once, and what becomes of the due day."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.calendar import Change, mark
from lms.course.cohorts.dates import change_dates
from lms.course.cohorts.models import CohortState
from lms.identity.audit.models import AuditEvent
from lms.review.deferrals.listing import count_open, latest_deferral, open_deferrals
from lms.review.deferrals.models import DeferralState
from lms.review.deferrals.permissions import visible_deferrals
from lms.review.deferrals.services import ask, decline, grant, withdraw
from lms.review.reviews.models import Cause
from lms.review.reviews.reversals import accept_after_all
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.conftest import save
from tests.works import TEXTS, accept, send, send_back


def in_days(number):
    return today() + timedelta(days=number)


@pytest.fixture
def work(module, team, captain):
    """A work that the team writes; due in 14 days."""
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def deferral(work, captain):
    """The team asks for another week."""
    return ask(work, wanted_on=in_days(21), reason="Каникулы.", member=captain)


def send_now(work, author):
    for key, text in TEXTS.items():
        save_field(work, key, text, base_version=0, author=author)
    return send_attempt(work, author=author)


def events():
    return {e.action: e for e in db.session.scalars(sa.select(AuditEvent))}


def test_granted_day_is_the_due_day(deferral, work, tutor):
    grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)

    assert work.due_on == in_days(21)
    assert (deferral.state, deferral.decided_by) == (DeferralState.GRANTED, tutor)
    assert events()["срок продлён"].before == {"срок": str(in_days(14))}
    assert events()["срок продлён"].after["причина"] == "Каникулы."


def test_tutor_may_give_another_day_and_says_why(deferral, work, tutor):
    with pytest.raises(RuleError, match="почему день другой"):
        grant(deferral, granted_on=in_days(18), answer=" ", tutor=tutor)

    grant(deferral, granted_on=in_days(18), answer="Дальше встреча.", tutor=tutor)

    assert work.due_on == in_days(18)


def test_declining_needs_words_and_moves_nothing(deferral, work, tutor):
    with pytest.raises(RuleError, match="почему срок остаётся"):
        decline(deferral, answer=" ", tutor=tutor)

    decline(deferral, answer="Осталось немного.", tutor=tutor)

    assert work.due_on == in_days(14)
    assert events()["срок не продлён"].after["ответ"] == "Осталось немного."


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(-1, "уже наступил"), (0, "уже наступил"), (14, "и сейчас до"), (61, "далеко")],
)
def test_day_has_to_make_sense(work, captain, deferral, tutor, number, sentence):
    with pytest.raises(RuleError, match=sentence):
        grant(deferral, granted_on=in_days(number), answer="Так.", tutor=tutor)
    withdraw(deferral, member=captain)

    with pytest.raises(RuleError, match=sentence):
        ask(work, wanted_on=in_days(number), reason="Так.", member=captain)


def test_overdue_work_may_ask(work, captain):
    work.due_on = in_days(-5)
    save(work)

    assert ask(work, wanted_on=in_days(1), reason="Болели.", member=captain).is_open


@pytest.mark.parametrize("reason", ["", "  ", "а" * 1001])
def test_reason_is_asked_for(work, captain, reason):
    with pytest.raises(RuleError, match=r"Напишите|Не больше"):
        ask(work, wanted_on=in_days(21), reason=reason, member=captain)


def test_work_without_a_due_day_needs_none(work, captain):
    work.due_on = None
    save(work)

    with pytest.raises(RuleError, match="нет срока"):
        ask(work, wanted_on=in_days(21), reason="Так.", member=captain)


def test_closed_cohort_moves_no_days(work, captain, cohort):
    cohort.state = CohortState.CLOSED
    save(cohort)

    with pytest.raises(RuleError, match="Поток завершён"):
        ask(work, wanted_on=in_days(21), reason="Так.", member=captain)


def test_work_that_waits_or_is_accepted_cannot_ask(module, team, captain, tutor):
    attempt = send(module, captain, team)
    for judge in (lambda: None, lambda: accept(attempt, tutor)):
        judge()
        with pytest.raises(RuleError, match="уже отправлена"):
            ask(
                attempt.submission,
                wanted_on=in_days(21),
                reason="Так.",
                member=captain,
            )


def test_one_request_at_a_time(deferral, work, member):
    with pytest.raises(RuleError, match="уже попросили"):
        ask(work, wanted_on=in_days(30), reason="Ещё.", member=member)


def test_withdrawn_request_gives_room_for_another(deferral, work, member):
    withdraw(deferral, member=member)

    assert ask(work, wanted_on=in_days(30), reason="Ещё.", member=member).is_open


def test_sending_settles_the_request(deferral, work, captain, tutor):
    send_now(work, captain)

    db.session.refresh(deferral)
    assert deferral.is_settled
    with pytest.raises(RuleError, match="уже отправили или зачли"):
        grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)
    assert work.due_on == in_days(14)


def test_acceptance_after_all_settles_the_request(work, captain, tutor, admin):
    review = send_back(send_now(work, captain), tutor)
    deferral = ask(work, wanted_on=in_days(30), reason="Ещё.", member=captain)

    accept_after_all(review, cause=Cause.NEW_LOOK, words="Да.", actor=admin)
    db.session.commit()

    db.session.refresh(deferral)
    assert deferral.is_settled


def test_closed_cohort_answers_no_more(deferral, cohort, tutor):
    cohort.state = CohortState.CLOSED
    save(cohort)

    assert count_open(visible_deferrals(tutor)) == 0
    with pytest.raises(RuleError, match="Поток завершён"):
        grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)


def test_returned_work_asks_anew(deferral, work, captain, tutor):
    send_back(send_now(work, captain), tutor)

    assert latest_deferral(work) is None
    later = ask(work, wanted_on=in_days(30), reason="Ещё.", member=captain)
    assert latest_deferral(work) == later


def test_calendar_keeps_what_was_granted(deferral, work, cohort, tutor, admin):
    grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)
    [row] = cohort.dates

    change = Change(row.slug, mark(row), row._replace(due_on=in_days(16)))
    change_dates(cohort, changes=[change], actor=admin)

    assert work.due_on == in_days(21)


def test_returning_keeps_what_was_granted(deferral, work, captain, tutor):
    grant(deferral, granted_on=in_days(21), answer="", tutor=tutor)

    send_back(send_now(work, captain), tutor)

    assert work.due_on == in_days(21)


def test_tutor_of_another_cohort_sees_nothing(deferral, other_tutor, tutor, admin):
    seen = [count_open(visible_deferrals(p)) for p in (tutor, admin)]

    assert seen == [1, 1]
    assert open_deferrals(visible_deferrals(other_tutor)) == []
