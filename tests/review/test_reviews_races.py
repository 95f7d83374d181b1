"""Two tabs, or two tutors, at one work at once: one decision, and a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.calendar import Change, mark
from lms.course.cohorts.dates import change_dates
from lms.review.handovers.services import hand_over_all
from lms.review.reviews import leases
from lms.review.reviews.drafts import save_draft
from lms.review.reviews.models import Review
from tests.conftest import copies_of, count
from tests.works import accept, judged, send, send_back


@pytest.fixture
def attempt(module, captain, team):
    """What «Опора» has sent."""
    return send(module, captain, team)


@pytest.fixture
def after_rollback(app):
    """Return a function that has something done elsewhere when this session gives up.

    Whoever comes at just that moment is found by chance only, if left to threads.
    """

    def arrange(call):
        waiting = [call]

        def elsewhere():
            with app.app_context():
                waiting.pop()()

        def run(_session, ended):
            if waiting and not ended.nested:
                with ThreadPoolExecutor(1) as threads:
                    threads.submit(elsewhere).result()

        sa.event.listen(db.session(), "after_soft_rollback", run)

    return arrange


def press_release(attempt, tutor):
    """Keep what is typed and release it, as the button does."""
    save_draft(attempt, judged(), base_version=0, tutor=tutor)
    accept(attempt, tutor)


def test_text_that_was_saved_already_prolongs_the_lease(attempt, tutor):
    leases.take(attempt.submission, tutor=tutor)
    save_draft(attempt, judged(), base_version=0, tutor=tutor)
    leases.lease_of(attempt.submission).until = utcnow() + timedelta(minutes=2)
    db.session.commit()

    save_draft(attempt, judged(), base_version=0, tutor=tutor)

    db.session.rollback()  # as at the end of a request
    left = leases.lease_of(attempt.submission).until - utcnow()
    assert left > timedelta(minutes=29)


def test_draft_locks_its_work_before_the_lease(attempt, tutor, count_statements):
    leases.take(attempt.submission, tutor=tutor)

    with count_statements() as statements:
        save_draft(attempt, judged(), base_version=0, tutor=tutor)

    first = {
        what: next(n for n, sql in enumerate(statements) if what in sql)
        for what in ("SELECT submission.status", "UPDATE lease")
    }
    assert first["SELECT submission.status"] < first["UPDATE lease"]


@pytest.mark.parametrize("_", range(3))
def test_review_is_released_once_from_two_tabs(race, attempt, tutor, _):
    leases.take(attempt.submission, tutor=tutor)
    loads = copies_of(attempt), copies_of(tutor)

    outcomes = race(*[lambda: press_release(*(load() for load in loads))] * 2)

    assert sorted(isinstance(o, RuleError) for o in outcomes) == [False, True]
    assert count(Review) == 1


def test_colleague_who_lets_go_at_that_moment_is_still_named(
    after_rollback, attempt, tutor, tutor2
):
    leases.take(attempt.submission, tutor=tutor2)
    load, colleague = copies_of(attempt.submission), copies_of(tutor2)
    after_rollback(lambda: leases.let_go(load(), tutor=colleague()))

    with pytest.raises(RuleError, match="на проверке: Ольга Ким"):
        leases.take(attempt.submission, tutor=tutor)


@pytest.mark.parametrize("_", range(3))
def test_absence_is_announced_while_a_work_is_judged(
    race, attempt, module, captain, team, tutor, tutor2, _
):
    send_back(attempt, tutor)
    again = send(module, captain, team, zaprosy="Спросили шестерых.")
    leases.take(again.submission, tutor=tutor)
    load, one, two = copies_of(again), copies_of(tutor), copies_of(tutor2)

    outcomes = race(
        lambda: hand_over_all(one(), colleague=two()),
        lambda: accept(load(), one()),
    )

    assert [o for o in outcomes if not isinstance(o, RuleError | Review | int)] == []


def put_off(cohort, admin):
    """Give one day more in the calendar."""
    [row] = cohort.dates
    wanted = row._replace(due_on=row.due_on + timedelta(days=1))
    change_dates(cohort, changes=[Change(row.slug, mark(row), wanted)], actor=admin)


@pytest.mark.parametrize("share", [0, 50] * 3)
def test_calendar_is_changed_while_a_work_is_judged(
    race, attempt, cohort, tutor, admin, share
):
    cohort.second_share = share
    works, cohorts, judge, actor = map(copies_of, (attempt, cohort, tutor, admin))

    race(lambda: accept(works(), judge()), lambda: put_off(cohorts(), actor()))

    assert count(Review) == 1
    assert [row.due_on for row in cohort.dates] == [today() + timedelta(days=15)]
