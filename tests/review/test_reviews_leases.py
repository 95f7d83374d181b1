"""One work is with one tutor: taking, prolonging, letting go, and the races."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.reviews import leases
from lms.review.reviews.models import Lease
from lms.review.reviews.queue import Filters
from lms.work.submissions.models import Status, Submission
from tests.works import crowd


@pytest.fixture
def works(module, cohort, captain):
    """Three works; the first one waits longest."""
    return crowd(module, cohort, captain, 3)


def run_out(work):
    """Let the half hour of a lease pass."""
    db.session.execute(
        sa.update(Lease)
        .where(Lease.submission_id == work.id)
        .values(until=utcnow() - timedelta(seconds=1))
    )
    db.session.commit()


def test_next_is_the_first_of_the_queue(tutor, works):
    assert leases.take_next(tutor) == works[0].id

    lease = leases.lease_of(works[0])
    assert lease.tutor == tutor
    assert timedelta(minutes=29) < lease.until - utcnow() <= timedelta(minutes=30)


def test_next_passes_by_what_is_held(tutor, tutor2, works):
    leases.take_next(tutor)

    assert leases.take_next(tutor2) == works[1].id
    assert leases.take_next(tutor) == works[2].id
    assert leases.take_next(tutor2) is None


def test_next_keeps_to_the_filters(tutor, cohort, works):
    assert leases.take_next(tutor, Filters(cohort_id=cohort.id + 1)) is None


def test_next_takes_over_what_ran_out(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor2)
    run_out(works[0])

    assert leases.take_next(tutor) == works[0].id
    assert leases.lease_of(works[0]).tutor == tutor


def test_outsider_gets_nothing(other_tutor, works):
    assert leases.take_next(other_tutor) is None


def test_work_of_a_colleague_is_refused_by_name(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor2)

    with pytest.raises(RuleError, match="Ольга Ким, до"):
        leases.take(works[0], tutor=tutor)


def test_judged_work_is_not_taken(tutor, works):
    works[0].status = Status.ACCEPTED
    db.session.commit()

    with pytest.raises(RuleError, match="решение по ней принято"):
        leases.take(works[0], tutor=tutor)


def test_taking_twice_prolongs(tutor, works):
    leases.take(works[0], tutor=tutor)
    run_out(works[0])

    leases.take(works[0], tutor=tutor)

    assert leases.lease_of(works[0]).tutor == tutor


def test_let_go_frees_the_work(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor)

    leases.let_go(works[0], tutor=tutor)

    assert leases.take_next(tutor2) == works[0].id


def test_colleagues_work_cannot_be_let_go(tutor, tutor2, works):
    leases.take(works[0], tutor=tutor2)

    with pytest.raises(RuleError, match="уже не у вас"):
        leases.let_go(works[0], tutor=tutor)

    assert leases.lease_of(works[0]).tutor == tutor2


@pytest.mark.parametrize("size", [40])
def test_three_tutors_take_every_work_once(
    app, race, module, cohort, captain, tutor, tutor2, other_tutor, size
):
    cohort.tutors.append(other_tutor)
    works = {work.id for work in crowd(module, cohort, captain, size)}
    people = [tutor.id, tutor2.id, other_tutor.id]

    def press_many_times(user_id):
        user = db.session.get(User, user_id)
        taken = [leases.take_next(user) for _ in range(size)]
        return [work for work in taken if work is not None]

    given = race(*(lambda person=person: press_many_times(person) for person in people))

    times = Counter(work for taken in given for work in taken)
    assert set(times) == works
    assert set(times.values()) == {1}


def test_three_tutors_press_on_one_work(
    race, tutor, tutor2, other_tutor, cohort, works
):
    cohort.tutors.append(other_tutor)
    work_id, people = works[0].id, [tutor.id, tutor2.id, other_tutor.id]

    def press(user_id):
        work = db.session.get(Submission, work_id)
        return leases.take(work, tutor=db.session.get(User, user_id))

    outcomes = race(*(lambda person=person: press(person) for person in people))

    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 2


def test_lease_that_ran_out_has_one_heir(
    race, tutor, tutor2, other_tutor, cohort, works
):
    cohort.tutors.append(other_tutor)
    leases.take(works[0], tutor=other_tutor)
    run_out(works[0])
    work_id, people = works[0].id, [tutor.id, tutor2.id]

    def press(user_id):
        work = db.session.get(Submission, work_id)
        return leases.take(work, tutor=db.session.get(User, user_id))

    outcomes = race(*(lambda person=person: press(person) for person in people))

    assert outcomes.count(None) == 1
