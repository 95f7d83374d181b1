"""What is left until the certificate, for one person."""

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.outcomes.certificates.conditions import conditions_of, unmet_conditions
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.models import Status
from tests.achievements import credit, finish, pass_quiz


@pytest.fixture
def left(member, team):
    """Return a function that tells what is unmet, as a person reads it."""
    here = active_membership(member)
    return lambda: [condition.sentence for condition in unmet_conditions(here, member)]


def set_status(work, status):
    work.status = status
    db.session.commit()


def test_nothing_done_yet(module, left):
    work, quiz = left()

    assert work == "Работа занятия 4 «Наставничество. Практики»: не начата"
    assert quiz.endswith("не пройдена, нужно от 70\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.DRAFT, "ответ ещё не отправлен"),
        (Status.WAITING, "ждёт проверки"),
        (Status.RETURNED, "вернули на доработку"),
        (Status.ACCEPTED, "до вступления в неё"),
    ],
)
def test_state_of_the_work_is_told(accepted, left, status, words):
    set_status(accepted, status)

    assert words in left()[0]


def test_unsent_work_is_no_place_for_a_tutor(accepted, member, team):
    accepted.sent_at = None
    set_status(accepted, Status.DRAFT)

    condition = conditions_of(active_membership(member), member)[0]

    assert condition.place.endpoint == "submissions.work"
    assert condition.staff_place is None


def test_returned_work_leads_team_and_tutor_to_their_pages(accepted, member, team):
    set_status(accepted, Status.RETURNED)

    condition = conditions_of(active_membership(member), member)[0]

    assert condition.place == ("submissions.work", {"submission_id": accepted.id})
    assert condition.staff_place == ("reviews.desk", {"submission_id": accepted.id})


def test_finished_person_lacks_nothing(accepted, member, left):
    finish(member, accepted)

    assert left() == []


def test_best_result_counts(accepted, member, left):
    credit(member, accepted)
    for percent in (90, 55):
        pass_quiz(member, accepted.module, percent)

    assert left() == []


def test_weak_result_is_named(accepted, member, left):
    credit(member, accepted)
    pass_quiz(member, accepted.module, 55)

    assert "лучший результат 55" in left()[0]


def test_excused_work_is_met_and_gives_the_reason(accepted, member, team, tutor):
    credit(member, accepted, excused_by_id=tutor.id, reason="пришёл в марте")

    condition = conditions_of(active_membership(member), member)[0]

    assert condition.is_met
    assert condition.state == "засчитана тьютором: пришёл в марте"


def test_lesson_that_opens_later_says_when(module, cohort, left):
    cohort.rows[0].opens_on = today().replace(year=today().year + 1)
    db.session.commit()

    assert "занятие откроется" in left()[0]


def test_withdrawn_lesson_leads_nowhere(module, member, team):
    module.current_revision_id = None
    db.session.commit()

    work, quiz = conditions_of(active_membership(member), member)

    assert (work.place, quiz.place) == (None, None)


@pytest.mark.parametrize("asked", [{"quiz_required": False}, {"by": None}])
def test_work_that_does_not_count_never_blocks(module, cohort, left, asked):
    rule = cohort.rule
    counts = rule["modules"][0] | {"work_required": False, "quiz_required": False}
    cohort.rule = rule | {"modules": [counts | asked]}
    db.session.commit()

    assert left() == []


def test_cohort_that_is_not_open_says_so(cohort, left):
    cohort.rule = None
    db.session.commit()

    assert left()[0].startswith("Поток: ещё не открыт")


def test_one_person_costs_four_statements(accepted, member, team, count_statements):
    here = active_membership(member)

    with count_statements() as statements:
        conditions_of(here, member)

    assert len(statements) == 4
