"""A verdict waits for second thoughts: cancelled, or gone out, and never both."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.review.handovers.services import hand_over, hand_over_all
from lms.review.handovers.takeovers import take_over
from lms.review.reviews import leases
from lms.review.reviews.deciding import cancel, decide, release_due, release_later
from lms.review.reviews.drafts import draft_of, save_draft
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.models import Review, ReviewDraft, Verdict
from lms.review.reviews.pending import pending_of
from lms.schools.people.services import close_account
from lms.work.credits.models import Credit
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.submissions.models import Status
from tests.conftest import copies_of, count, letters
from tests.works import judged, send


@pytest.fixture
def attempt(module, captain, team):
    """What «Опора» has sent."""
    return send(module, captain, team)


@pytest.fixture
def work(attempt):
    return attempt.submission


@pytest.fixture
def held(app, attempt, tutor):
    """Return the draft of a verdict that can be cancelled for a minute."""
    app.config["LMS_UNDO_SECONDS"] = 60
    decide(attempt, judged(), verdict=Verdict.ACCEPTED, tutor=tutor)
    return draft_of(attempt, tutor)


def let_come():
    """Let the moment of every verdict, and of its job, come."""
    past = utcnow() - timedelta(seconds=1)
    db.session.execute(sa.update(ReviewDraft).values(release_at=past))
    db.session.execute(sa.update(Job).values(run_at=past))
    db.session.commit()


def test_nothing_goes_out_before_its_moment(held, work, attempt, tutor):
    while run_next():
        pass
    release_later({"attempt_id": attempt.id, "tutor_id": tutor.id})
    release_due()

    assert work.is_waiting
    assert (count(Review), count(Credit), letters()) == (0, 0, [])


def test_verdict_goes_out_when_its_moment_has_come(held, work, captain, member):
    let_come()

    sent = {letter["to"] for letter in letters()}

    assert work.status is Status.ACCEPTED
    assert (count(Review), count(Credit), count(ReviewDraft)) == (1, 2, 0)
    assert sent == {captain.email, member.email}


def test_whoever_comes_next_releases_what_no_worker_did(held, work, sign_in, tutor2):
    let_come()

    sign_in(tutor2).post("/reviews/next")

    db.session.refresh(work)
    assert work.is_accepted
    assert count(Review) == 1


def test_cancelled_verdict_leaves_all_that_was_typed(held, work, attempt, tutor):
    cancel(work, tutor=tutor)
    db.session.execute(sa.update(Job).values(run_at=utcnow()))
    db.session.commit()

    assert letters() == []
    assert work.is_waiting
    assert Judgement.of(draft_of(attempt, tutor)) == judged()
    assert leases.lease_of(work).tutor_id == tutor.id


def test_verdict_pressed_anew_waits_for_its_own_moment(held, work, attempt, tutor):
    cancel(work, tutor=tutor)
    decide(attempt, judged(svyaz=0), verdict=Verdict.RETURNED, tutor=tutor)
    db.session.execute(sa.update(Job).values(run_at=utcnow()))
    db.session.commit()

    assert letters() == []
    assert draft_of(attempt, tutor).verdict is Verdict.RETURNED
    assert work.is_waiting


def test_verdict_that_went_out_is_not_cancelled(held, work, tutor):
    let_come()
    release_due()

    with pytest.raises(RuleError, match="уже ушло"):
        cancel(work, tutor=tutor)

    assert work.is_accepted


def test_what_is_decided_is_neither_changed_nor_given_away(
    held, work, attempt, tutor, tutor2
):
    actions = [
        lambda: save_draft(attempt, judged(), base_version=9, tutor=tutor),
        lambda: leases.let_go(work, tutor=tutor),
        lambda: hand_over(work, tutor=tutor, colleague=tutor2),
    ]

    for act in actions:
        with pytest.raises(RuleError, match="Сначала отмените"):
            act()

    assert hand_over_all(tutor, colleague=tutor2) == 0
    assert leases.lease_of(work).tutor_id == tutor.id


def test_lead_and_team_take_nothing_that_is_decided(held, work, tutor2, captain):
    with pytest.raises(RuleError, match="заканчивает проверку"):
        take_over(work, lead=tutor2)
    with pytest.raises(RuleError, match="уже взял"):
        withdraw_attempt(work, 1, member=captain)

    assert work.is_waiting


def test_colleague_without_the_work_learns_nothing(held, work, tutor, tutor2):
    with pytest.raises(RuleError, match="уже не у вас"):
        leases.let_go(work, tutor=tutor2)
    with pytest.raises(RuleError, match="уже не у вас"):
        hand_over(work, tutor=tutor2, colleague=tutor)

    assert leases.lease_of(work).tutor_id == tutor.id


def test_lease_lasts_longer_than_the_verdict_is_held(held, work):
    assert leases.lease_of(work).until > held.release_at + timedelta(minutes=20)


def test_verdict_a_rule_forbids_by_now_stays_a_draft(
    held, work, attempt, cohort, tutor, tutor2
):
    cohort.tutors.remove(tutor)
    let_come()

    release_due()

    assert work.is_waiting
    [refused] = pending_of(tutor)
    assert (refused.verdict, Judgement.of(refused)) == (None, judged())
    assert "больше не проверяете" in refused.refusal


def test_verdict_of_an_account_closed_meanwhile_does_not_go_out(
    held, work, attempt, tutor, tutor2, admin
):
    close_account(tutor, actor=admin)
    let_come()

    release_due()

    assert work.is_waiting
    assert letters() == []
    assert not draft_of(attempt, tutor).is_held_back
    take_over(work, lead=tutor2)
    assert Judgement.of(draft_of(attempt, tutor2)) == judged()


def test_verdict_without_its_levels_is_not_held_back(app, attempt, work, tutor):
    app.config["LMS_UNDO_SECONDS"] = 60

    with pytest.raises(RuleError, match="Выберите уровень"):
        decide(attempt, Judgement(), verdict=Verdict.ACCEPTED, tutor=tutor)

    assert pending_of(tutor) == []
    assert count(Job) == 0


def test_pending_verdict_is_seen_by_its_tutor_alone(held, tutor, tutor2, admin):
    assert [draft.attempt_id for draft in pending_of(tutor)] == [held.attempt_id]
    assert pending_of(tutor2) == pending_of(admin) == []


@pytest.mark.parametrize("_", range(3))
def test_cancelled_or_gone_out_and_never_both(race, held, work, attempt, tutor, _):
    let_come()
    load, who = copies_of(work), copies_of(tutor)
    payload = {"attempt_id": attempt.id, "tutor_id": tutor.id}

    undone, *_rest = race(
        lambda: cancel(load(), tutor=who()),
        release_due,
        lambda: release_later(payload),
    )

    db.session.refresh(work)
    assert work.is_accepted == isinstance(undone, RuleError)
    assert count(Review) == int(work.is_accepted)


@pytest.mark.parametrize("_", range(3))
def test_absence_is_announced_while_a_verdict_is_pressed(
    race, app, attempt, tutor, tutor2, _
):
    app.config["LMS_UNDO_SECONDS"] = 60
    leases.hold(attempt.submission, tutor=tutor)
    load, one, two = copies_of(attempt), copies_of(tutor), copies_of(tutor2)

    given, pressed = race(
        lambda: hand_over_all(one(), colleague=two()),
        lambda: decide(load(), judged(), verdict=Verdict.ACCEPTED, tutor=one()),
    )

    lease = leases.lease_of(attempt.submission)
    assert isinstance(pressed, RuleError) == (given == 1)
    assert (lease.tutor_id == tutor2.id) == (given == 1)
