"""Certificates of a whole cohort: nobody gets two, whatever happens on the way."""

import os
import signal

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.batches import services
from lms.outcomes.batches.models import Batch, BatchPerson
from lms.outcomes.batches.services import SLICE, start_batch
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.services import issue_certificate
from tests.achievements import finish
from tests.conftest import count
from tests.processes import until_killed


def work_off():
    while run_next():
        pass
    db.session.expire_all()


def holders():
    return sorted(db.session.scalars(sa.select(Certificate.user_id)))


def test_everybody_who_is_ready_gets_a_certificate(class_of, cohort, tutor):
    people = class_of(3)

    batch = start_batch(cohort, actor=tutor)
    work_off()

    assert holders() == people
    assert batch.finished_at is not None
    assert [one.certificate.user_id for one in batch.people] == people


def test_batch_is_done_in_slices(class_of, cohort, tutor):
    class_of(SLICE + 1)
    start_batch(cohort, actor=tutor)

    assert run_next()

    assert (count(Certificate), db.session.scalar(sa.select(Batch)).is_under_way) == (
        SLICE,
        True,
    )


def test_nobody_ready_makes_no_batch(accepted, member, cohort, tutor):
    assert start_batch(cohort, actor=tutor) is None
    assert count(Batch) == 0


def test_second_press_is_the_same_batch(class_of, cohort, tutor):
    class_of(2)

    pressed = [start_batch(cohort, actor=tutor).id for _ in range(2)]
    work_off()

    assert pressed[0] == pressed[1]
    assert count(Certificate) == 2


def test_two_presses_at_once_are_one_batch(race, class_of, cohort, tutor):
    class_of(2)
    ids = cohort.id, tutor.id

    def press():
        cohort, actor = (
            db.session.get(model, id)
            for model, id in zip((Cohort, User), ids, strict=True)
        )
        return start_batch(cohort, actor=actor).id

    assert len(set(race(press, press, press))) == 1
    work_off()
    assert (count(Batch), count(Certificate)) == (1, 2)


def test_two_workers_issue_to_everybody_once(race, class_of, cohort, tutor):
    class_of(4)
    request = {"batch_id": start_batch(cohort, actor=tutor).id}

    race(*[lambda: services.issue_next(request)] * 2)

    assert (count(Certificate), db.session.scalar(sa.select(Batch)).is_under_way) == (
        4,
        False,
    )


def die_at_the_third(_):
    """Do the job that waits, and be killed before a third certificate is committed."""
    issued = []

    @sa.event.listens_for(Certificate, "after_insert")
    def note(_mapper, _connection, certificate):
        issued.append(certificate)
        if len(issued) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

    run_next()


def test_killed_batch_is_finished_and_nobody_gets_two(app, class_of, cohort, tutor):
    people = class_of(5)
    start_batch(cohort, actor=tutor)

    assert until_killed(app, die_at_the_third, None) == -signal.SIGKILL
    assert count(Certificate) == 2
    db.session.execute(sa.update(Job).values(run_at=utcnow()))
    db.session.commit()
    work_off()

    assert holders() == people
    assert db.session.scalar(sa.select(Batch)).finished_at is not None


def test_each_person_is_checked_again(graduate, member, accepted, cohort, tutor):
    finish(member, accepted)
    batch = start_batch(cohort, actor=tutor)
    earlier = issue_certificate(member, cohort, actor=tutor)

    work_off()

    refused = db.session.get(BatchPerson, (batch.id, member.id))
    assert refused.refusal == f"Сертификат уже выдан: {earlier.number}."
    assert holders() == sorted([graduate.id, member.id])
