"""A rubric changed after reviews: who is affected, and what a new look may do."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.identity.audit.models import AuditEvent
from lms.review.moderation.affected import (
    Affected,
    affected_by_publishing,
    count_affected,
)
from lms.review.moderation.models import Opinion, Reading
from lms.review.moderation.permissions import readable
from lms.review.moderation.services import ask_for_new_look, release_opinion
from lms.review.reviews.models import Cause
from lms.review.reviews.services import UnfinishedError
from lms.work.credits.models import Credit
from lms.work.submissions.models import Status
from tests import sample_course
from tests.conftest import copies_of, count
from tests.works import accept, crowd, judged, send, send_back

STRICT = sample_course.ASSIGNMENT.replace("pass_points: 3", "pass_points: 4")
SOFT = sample_course.ASSIGNMENT.replace("pass_points: 3", "pass_points: 2")


def revision_with(**texts):
    return sample_course.import_module(files=sample_course.files_without(**texts))


@pytest.fixture
def accepted(module, captain, team, tutor):
    return accept(send(module, captain, team), tutor)


@pytest.fixture
def returned(module, other, other_team, tutor):
    return send_back(send(module, other, other_team), tutor)


@pytest.fixture
def soft(accepted, returned, module):
    """A rubric that asks for less, published after the reviews."""
    revision = revision_with(assignment=SOFT)
    publish(revision, actor=None)
    return revision


def ask(revision, admin, *reviews):
    return ask_for_new_look(revision, [r.id for r in reviews], admin=admin)


def reading_of(review):
    return db.session.scalars(db.select(Reading).filter_by(review_id=review.id)).one()


def test_works_under_another_rubric_are_counted(
    accepted, returned, module, cohort, captain
):
    crowd(module, cohort, captain, 3)

    revision = revision_with(assignment=STRICT)

    assert affected_by_publishing(revision) == Affected(1, 1, 3)


def test_same_rubric_affects_nobody(accepted, module):
    lesson = sample_course.LESSON.replace("minutes: 25", "minutes: 30")

    assert affected_by_publishing(revision_with(lesson=lesson)) == Affected()


def test_revision_without_an_assignment_affects_nobody(accepted, module):
    files = sample_course.files_without("assignment.md", "tutor.md")
    revision = sample_course.import_module(files=files)

    assert affected_by_publishing(revision) == Affected()


def test_going_back_to_the_first_rubric_affects_nobody(soft, module):
    first = revision_with()

    assert count_affected(first) == Affected()


def test_only_affected_works_are_sent_and_only_once(soft, accepted, admin, tutor):
    stranger = 9999

    assert ask_for_new_look(soft, [accepted.id, stranger], admin=admin) == 1
    assert ask(soft, admin, accepted) == 0
    assert count(Reading) == 1


def test_work_by_the_live_rubric_is_not_sent(soft, module, other, other_team, admin):
    review = send(module, other, other_team, pary="Пять.")

    assert ask_for_new_look(soft, [review.id], admin=admin) == 0


def test_asking_is_in_the_journal(soft, accepted, returned, admin):
    ask(soft, admin, accepted, returned)

    events = db.select(AuditEvent).filter_by(action="послана на новый взгляд")
    assert len(db.session.scalars(events).all()) == 2


def test_two_admins_ask_once(race, soft, accepted, admin):
    revision, person, review_id = copies_of(soft), copies_of(admin), accepted.id

    def press():
        return ask_for_new_look(revision(), [review_id], admin=person())

    assert sorted(race(press, press)) == [0, 1]


def test_returned_work_may_count_after_all(soft, returned, other, admin, tutor2):
    ask(soft, admin, returned)

    judgement = judged(svyaz=2, pary=0, summary="Запросы видны.")
    release_opinion(reading_of(returned), judgement, reader=tutor2, accepts=True)

    assert returned.attempt.submission.status is Status.ACCEPTED
    assert returned.reversal.cause is Cause.NEW_LOOK
    assert other.id in db.session.scalars(db.select(Credit.user_id)).all()


def test_too_few_points_turn_nothing(soft, returned, admin, tutor2):
    ask(soft, admin, returned)

    with pytest.raises(UnfinishedError, match="нужно 2"):
        release_opinion(reading_of(returned), judged(0, 0), reader=tutor2, accepts=True)

    assert (count(Opinion), returned.reversal) == (0, None)


@pytest.mark.parametrize("svyaz", [0, 3])
def test_accepted_work_stays_accepted(soft, accepted, captain, admin, tutor2, svyaz):
    ask(soft, admin, accepted)

    judgement = judged(svyaz=svyaz, pary=0, summary="Запросов мало.")
    release_opinion(reading_of(accepted), judgement, reader=tutor2)

    assert accepted.attempt.submission.status is Status.ACCEPTED
    assert db.session.scalars(db.select(Credit.user_id)).all() == [captain.id]


def test_accepted_work_is_not_accepted_twice(soft, accepted, admin, tutor2):
    ask(soft, admin, accepted)

    with pytest.raises(RuleError, match="уже не на доработке"):
        release_opinion(reading_of(accepted), judged(), reader=tutor2, accepts=True)

    assert (count(Opinion), count(Credit)) == (0, 1)


def test_every_criterion_needs_a_level(soft, accepted, admin, tutor2):
    ask(soft, admin, accepted)

    with pytest.raises(UnfinishedError):
        release_opinion(reading_of(accepted), judged(svyaz=None), reader=tutor2)


def test_of_two_readers_one_is_first(race, soft, accepted, admin, tutor, tutor2):
    ask(soft, admin, accepted)
    reading, people = copies_of(reading_of(accepted)), [tutor, tutor2]

    def press(person):
        return lambda: release_opinion(reading(), judged(), reader=person()).points

    ended = race(*[press(copies_of(person)) for person in people])

    assert sorted(map(str, ended)) == ["5", "Коллега прочитал эту работу раньше вас."]


def test_new_version_ends_the_reading(
    soft, returned, module, other, other_team, admin, tutor
):
    ask(soft, admin, returned)
    assert len(db.session.scalars(readable(tutor)).all()) == 1

    send(module, other, other_team, pary="Пять пар.")

    assert not db.session.scalars(readable(tutor)).all()


def test_tutor_who_left_the_cohort_reads_nothing(soft, returned, admin, tutor, cohort):
    ask(soft, admin, returned)
    cohort.tutors.remove(tutor)
    db.session.commit()

    assert not db.session.scalars(readable(tutor)).all()
