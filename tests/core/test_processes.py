"""What several processes do at once stays right: on both databases, for real."""

from collections import Counter

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.services import issue_certificate
from lms.review.reviews.leases import take_next
from lms.work.drafts.models import DraftField, RivalText
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Submission
from lms.work.submissions.services import start_submission
from tests.processes import at_once
from tests.works import crowd

TIMES = 50


def press_next(user_id):
    user = db.session.get(User, user_id)
    return [take_next(user) for _ in range(TIMES)]


def test_three_tutors_take_the_first_works_once_each(
    app, module, cohort, captain, tutor, tutor2, other_tutor
):
    cohort.tutors.append(other_tutor)
    queue = [work.id for work in crowd(module, cohort, captain, 400)]

    given = at_once(app, press_next, tutor.id, tutor2.id, other_tutor.id)

    times = Counter(work for taken in given for work in taken)
    assert set(times) == set(queue[: 3 * TIMES])
    assert set(times.values()) == {1}


def write_first(task):
    work_id, user_id, key = task
    work, author = db.session.get(Submission, work_id), db.session.get(User, user_id)
    save_field(work, key, f"Текст {user_id}", base_version=0, author=author)


def test_two_members_in_one_field_lose_no_text(app, module, team, captain, member):
    work = start_submission(module, user=captain, team=team)
    people = [captain.id, member.id]

    at_once(app, write_first, *[(work.id, user_id, "zaprosy") for user_id in people])

    kept = [*db.session.scalars(sa.select(DraftField.text))]
    kept += db.session.scalars(sa.select(RivalText.text))
    assert sorted(kept) == sorted(f"Текст {user_id}" for user_id in people)


def issue(task):
    user, cohort, actor = (
        db.session.get(model, id)
        for model, id in zip((User, Cohort, User), task, strict=True)
    )
    issue_certificate(user, cohort, actor=actor)


def test_numbers_of_certificates_have_no_gaps(app, class_of, cohort, tutor):
    at_once(app, issue, *[(id, cohort.id, tutor.id) for id in class_of(4)])

    numbers = sorted(db.session.scalars(sa.select(Certificate.number)))
    assert [number[-6:] for number in numbers] == [f"{n:06}" for n in range(1, 5)]
