"""Judging: the verdict, what it takes, and who is told."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import today
from lms.course.modules.services import publish
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.review.reviews import leases
from lms.review.reviews.judgement import Judgement, Mark
from lms.review.reviews.models import Lease, Review, Verdict
from lms.review.reviews.services import UnfinishedError, release_review
from lms.work.credits.models import Credit
from lms.work.submissions.models import Attempt, Status
from lms.work.submissions.services import assignment_of
from tests import sample_course
from tests.works import accept, judged, send, send_back


@pytest.fixture
def attempt(module, captain, member, team):
    """What «Опора» has sent; two people are in the team."""
    return send(module, captain, team)


def release(attempt, tutor, verdict=Verdict.ACCEPTED, **judgement):
    return release_review(attempt, judged(**judgement), verdict=verdict, tutor=tutor)


def letters():
    return {
        job.payload["to"]: job.payload for job in db.session.scalars(sa.select(Job))
    }


def test_accepting_closes_the_work(attempt, tutor):
    review = release(attempt, tutor, svyaz=2)

    assert attempt.submission.status is Status.ACCEPTED
    assert (review.points, review.verdict) == (4, Verdict.ACCEPTED)
    assert db.session.scalars(sa.select(Lease)).all() == []


def test_review_keeps_the_words_of_its_rubric(attempt, tutor):
    review = release(attempt, tutor, svyaz=2)

    assert review.levels[0] == {
        "key": "svyaz",
        "title": "Связь с запросами",
        "points": 2,
        "max_points": 3,
        "level": "Запросы названы.",
        "remark": "",
    }


def test_rubric_that_changed_later_is_not_held_against_the_answer(attempt, tutor):
    stricter = sample_course.ASSIGNMENT.replace("pass_points: 3", "pass_points: 5")
    files = sample_course.files_without(assignment=stricter)
    publish(sample_course.import_module(files=files), actor=None)

    assert assignment_of(attempt.revision).pass_points == 3
    assert release(attempt, tutor, svyaz=2, pary=2).verdict is Verdict.ACCEPTED


def test_every_member_gets_one_letter(attempt, tutor, captain, member):
    accept(attempt, tutor)

    mails = letters()
    assert set(mails) == {captain.email, member.email}
    assert mails[captain.email]["subject"] == "«Карта наставничества»: зачтено"
    assert "Хорошо." in mails[captain.email]["text"]


def test_answer_to_the_letter_goes_to_the_tutor(attempt, tutor, captain):
    release(attempt, tutor, svyaz=2)

    assert letters()[captain.email]["headers"]["Reply-To"] == tutor.email


def test_returned_work_tells_the_new_day(attempt, tutor, captain):
    attempt.submission.due_on = today() - timedelta(days=1)
    db.session.commit()

    send_back(attempt, tutor)

    work = attempt.submission
    assert (work.status, work.returned_by_id) == (Status.RETURNED, tutor.id)
    assert work.due_on == today() + timedelta(days=7)
    assert "Новую версию ждут до" in letters()[captain.email]["text"]
    assert db.session.scalars(sa.select(Credit)).all() == []


def test_cohort_decides_how_many_days(attempt, tutor, cohort):
    cohort.return_days = 20

    send_back(attempt, tutor)

    assert attempt.submission.due_on == today() + timedelta(days=20)


def test_later_due_day_is_not_brought_forward(attempt, tutor):
    later = attempt.submission.due_on = today() + timedelta(days=30)

    send_back(attempt, tutor)

    assert attempt.submission.due_on == later


def test_work_without_a_due_day_gets_none(attempt, tutor):
    attempt.submission.due_on = None

    send_back(attempt, tutor)

    assert attempt.submission.due_on is None


def test_decision_is_in_the_journal(attempt, tutor):
    accept(attempt, tutor)

    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert event.actor_id == tutor.id
    assert event.after["решение"] == "зачтено"


def test_released_review_never_changes(attempt, tutor):
    review = accept(attempt, tutor)

    review.summary = "Другое"

    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()


@pytest.mark.parametrize("verdict", Verdict)
def test_every_criterion_needs_a_level(attempt, tutor, verdict):
    judgement = Judgement({"svyaz": Mark(3)}, "Хорошо.")

    with pytest.raises(UnfinishedError) as error:
        release_review(attempt, judgement, verdict=verdict, tutor=tutor)

    assert error.value.problems == [("pary", "Выберите уровень: «Пары».")]
    assert attempt.submission.is_waiting


def test_too_few_points_are_not_accepted(attempt, tutor):
    with pytest.raises(RuleError, match=r"нужно 3\sбалла из 5, а сейчас 2"):
        release(attempt, tutor, svyaz=0)


def test_returning_needs_words(attempt, tutor):
    with pytest.raises(RuleError, match="хотя бы одно замечание"):
        release(attempt, tutor, Verdict.RETURNED, svyaz=0, summary=" ")


def test_one_remark_is_enough_to_return(attempt, tutor):
    release(attempt, tutor, Verdict.RETURNED, svyaz=0, summary="", remark="Чьи?")

    assert attempt.submission.status is Status.RETURNED


def test_returning_with_enough_points_needs_a_summary(attempt, tutor):
    with pytest.raises(RuleError, match="Баллов хватает"):
        release(attempt, tutor, Verdict.RETURNED, summary="", remark="Чьи?")

    release(attempt, tutor, Verdict.RETURNED, summary="Приложите согласия.")


def test_work_of_a_colleague_is_not_judged(attempt, tutor, tutor2):
    leases.take(attempt.submission, tutor=tutor2)

    with pytest.raises(RuleError, match="на проверке: Ольга Ким"):
        accept(attempt, tutor)

    assert attempt.submission.is_waiting
    assert db.session.scalars(sa.select(Review)).all() == []


def test_lease_that_ran_out_is_enough_while_nobody_took_the_work(attempt, tutor):
    leases.take(attempt.submission, tutor=tutor)
    leases.lease_of(attempt.submission).until = utcnow() - timedelta(minutes=5)

    assert accept(attempt, tutor).verdict is Verdict.ACCEPTED


def test_work_is_judged_once(attempt, tutor, tutor2):
    accept(attempt, tutor)

    with pytest.raises(RuleError, match="решение по ней принято"):
        send_back(attempt, tutor2)


def test_older_version_is_not_judged(attempt, module, captain, team, tutor, tutor2):
    send_back(attempt, tutor)
    send(module, captain, team, zaprosy="Спросили шестерых.")

    with pytest.raises(RuleError, match="отправила новую версию"):
        accept(attempt, tutor2)

    assert attempt.submission.is_waiting


def test_two_tutors_release_at_once(race, attempt, tutor, tutor2):
    attempt_id, people = attempt.id, [tutor.id, tutor2.id]

    def press(user_id):
        found = db.session.get(Attempt, attempt_id)
        return accept(found, db.session.get(User, user_id)).id

    outcomes = race(*(lambda person=person: press(person) for person in people))

    assert sum(isinstance(outcome, RuleError) for outcome in outcomes) == 1
    assert db.session.scalar(sa.select(sa.func.count(Review.id))) == 1
    assert len(letters()) == 2
