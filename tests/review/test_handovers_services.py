"""Handing works to a colleague."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.review.handovers.services import (
    colleagues_for,
    hand_over,
    hand_over_all,
    open_work_of,
)
from lms.review.handovers.takeovers import take_over
from lms.review.reviews import leases
from lms.review.reviews.drafts import draft_of, save_draft
from tests.conftest import member_of
from tests.works import crowd, judged, newest, send, send_back


@pytest.fixture
def attempt(module, captain, team, tutor):
    """A work that lies on the tutor's desk."""
    attempt = send(module, captain, team)
    leases.take(attempt.submission, tutor=tutor)
    return attempt


def test_colleague_holds_the_work_for_a_day(attempt, tutor, tutor2):
    hand_over(attempt.submission, tutor=tutor, colleague=tutor2)

    lease = leases.lease_of(attempt.submission)
    assert (lease.tutor, lease.handed_by) == (tutor2, tutor)
    assert lease.until - utcnow() > timedelta(hours=23)
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert event.after == {"кому": "Ким Ольга Юрьевна"}


def test_first_save_of_the_colleague_takes_the_work_up(attempt, tutor, tutor2):
    hand_over(attempt.submission, tutor=tutor, colleague=tutor2)

    save_draft(attempt, judged(), base_version=0, tutor=tutor2)

    lease = leases.lease_of(attempt.submission)
    assert lease.handed_by is None
    assert lease.until - utcnow() < timedelta(minutes=31)


def test_draft_goes_along(attempt, tutor, tutor2):
    save_draft(attempt, judged(summary="Начал"), base_version=0, tutor=tutor)

    hand_over(attempt.submission, tutor=tutor, colleague=tutor2)

    assert draft_of(attempt, tutor2).summary == "Начал"
    assert draft_of(attempt, tutor).summary == "Начал"


def test_draft_does_not_overwrite_the_colleagues_own(attempt, tutor, tutor2):
    save_draft(attempt, judged(summary="Моё"), base_version=0, tutor=tutor)
    save_draft(attempt, judged(summary="Её"), base_version=0, tutor=tutor2)

    hand_over(attempt.submission, tutor=tutor, colleague=tutor2)

    assert draft_of(attempt, tutor2).summary == "Её"


def test_only_who_may_judge_the_work_gets_it(attempt, tutor, tutor2, other_tutor):
    member_of(attempt.submission.team, tutor2)

    assert list(colleagues_for(attempt.submission, tutor)) == []
    for person in (tutor2, other_tutor, tutor):
        with pytest.raises(RuleError, match="Выберите другого"):
            hand_over(attempt.submission, tutor=tutor, colleague=person)


def test_work_that_went_elsewhere_is_not_handed_over(attempt, tutor, tutor2):
    leases.let_go(attempt.submission, tutor=tutor)
    leases.take(attempt.submission, tutor=tutor2)

    with pytest.raises(RuleError, match="уже не у вас"):
        hand_over(attempt.submission, tutor=tutor, colleague=tutor2)


def test_absence_hands_over_everything(
    attempt, module, cohort, captain, tutor, tutor2, other, other_team
):
    save_draft(attempt, judged(summary="Начал"), base_version=0, tutor=tutor)
    work = crowd(module, cohort, captain, 1)[0]
    send_back(newest(work), tutor)

    assert (open_work_of(tutor).held, open_work_of(tutor).awaited) == (1, 1)
    assert hand_over_all(tutor, colleague=tutor2) == 2

    assert leases.lease_of(attempt.submission).tutor == tutor2
    assert draft_of(attempt, tutor2).summary == "Начал"
    db.session.refresh(work)
    assert work.returned_by_id == tutor2.id
    assert (open_work_of(tutor).held, open_work_of(tutor).awaited) == (0, 0)


def test_absence_leaves_what_the_colleague_may_not_judge(attempt, tutor, tutor2):
    member_of(attempt.submission.team, tutor2)

    assert hand_over_all(tutor, colleague=tutor2) == 0

    assert leases.lease_of(attempt.submission).tutor == tutor


def test_lead_takes_a_work_off_a_desk_with_the_draft(attempt, tutor, tutor2):
    save_draft(attempt, judged(summary="Начал"), base_version=0, tutor=tutor)

    take_over(attempt.submission, lead=tutor2)

    lease = leases.lease_of(attempt.submission)
    assert (lease.tutor, lease.handed_by) == (tutor2, None)
    assert draft_of(attempt, tutor2).summary == "Начал"
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert event.before == {"у кого": "Громов Илья Петрович"}


def test_holder_hears_that_the_lead_has_the_work(attempt, tutor, tutor2):
    take_over(attempt.submission, lead=tutor2)

    with pytest.raises(RuleError, match="уже не у вас"):
        leases.let_go(attempt.submission, tutor=tutor)


def test_free_work_is_not_taken_over(attempt, tutor, tutor2):
    leases.let_go(attempt.submission, tutor=tutor)

    with pytest.raises(RuleError, match="уже свободна"):
        take_over(attempt.submission, lead=tutor2)
