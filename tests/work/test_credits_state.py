"""A work is in one state, and late or not, whatever page tells of it."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, CohortState
from lms.course.cohorts.programme import course_modules
from lms.course.cohorts.rule import make_rule
from lms.course.modules.services import publish
from lms.course.settings.settings import seed_of
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.entries import Kind
from lms.overview.digest.contents import digest_of
from lms.overview.progress.matrix import matrix_of
from lms.review.appeals.hearing import is_disputed
from lms.review.appeals.services import ask_to_look_again
from lms.schools.teams.permissions import active_membership
from lms.work.credits.gradebook import Participant
from lms.work.credits.path import path_of
from lms.work.credits.services import excuse_member
from lms.work.credits.state import State
from lms.work.submissions.services import start_submission
from tests import sample_course
from tests.conftest import member_of, person
from tests.history import came, days_ago
from tests.works import overdue, send, send_back

LOOK = "Запросы названы в таблице под картой: пятеро хотят шить, их слова там."


def days(number):
    return today() + timedelta(days=number)


@pytest.fixture
def late(module, cohort, captain):
    """The fourth module was due yesterday, and the captain came long before."""
    cohort.rows[0].due_on = days(-1)
    came()


@pytest.fixture
def webinar(cohort, late):
    """The introduction that may be left out, and was; its day passed long ago."""
    words = sample_course.ASSIGNMENT.replace("required: true", "required: false", 1)
    files = sample_course.files_without(assignment=words)
    revision = sample_course.import_module("00-vebinar", files)
    publish(revision, actor=None)
    facts = {"opens_on": days(-90), "due_on": days(-71), "position": 0}
    cohort.rows.append(CalendarRow(module=revision.module, **facts))
    course = sample_course.COURSE
    rule = make_rule(course, seed_of(course), course_modules())
    cohort.rule = rule.model_dump(mode="json")
    db.session.commit()


def steps_of(user):
    membership = active_membership(user)
    person, cohort = Participant.of(membership), membership.team.cohort
    return path_of(person, cohort, disputed=is_disputed())


def late_on_the_start_page(user):
    return [step.position for step in steps_of(user) if step.is_late]


def late_in_the_calendar(user):
    dues = (entry for entry in calendar_of_person(user) if entry.kind is Kind.DUE)
    return [entry.module.position for entry in dues if entry.is_late]


def late_in_the_matrix(cohort):
    matrix = matrix_of(cohort)
    places = zip(matrix.columns, matrix.rows[0].cells, strict=True)
    return [column.position for column, cell in places if cell.is_late]


def late_anywhere(user, cohort, tutor):
    """What is late on the pages of a person and on those of the tutor."""
    mine = late_on_the_start_page(user), late_in_the_calendar(user)
    theirs = late_in_the_calendar(tutor), late_in_the_matrix(cohort)
    return [*mine, *theirs]


def test_skipped_introduction_is_late_nowhere(webinar, captain, cohort, tutor):
    assert late_anywhere(captain, cohort, tutor) == [[4]] * 4


def test_nobody_is_reminded_of_a_skipped_introduction(webinar, captain):
    reminded = digest_of(captain, unwanted=()).sections[0].lines

    assert [line.text for line in reminded] == [
        "4. Наставничество. Практики — просрочено на 1\xa0день"
    ]


@pytest.mark.parametrize("state", [CohortState.PLANNED, CohortState.CLOSED])
def test_cohort_that_is_not_under_way_owes_nothing(state, late, captain, cohort, tutor):
    cohort.state = state
    db.session.commit()

    assert late_anywhere(captain, cohort, tutor) == [[]] * 4


def test_work_with_more_days_is_late_nowhere(
    late, module, team, captain, cohort, tutor
):
    overdue(start_submission(module, user=captain, team=team), days=-5)

    assert late_anywhere(captain, cohort, tutor) == [[]] * 4


def test_who_came_after_the_day_is_not_late_and_the_team_is(late, cohort, team, tutor):
    newcomer = member_of(team, person("Ли Ян", "li@example.org"))

    assert late_anywhere(newcomer, cohort, tutor) == [[], [], [4], [4]]


def test_who_came_on_the_day_itself_is_late(late, captain):
    active_membership(captain).joined_at = days_ago(1)
    db.session.commit()

    assert late_on_the_start_page(captain) == [4]


def test_team_that_came_after_the_day_is_not_late(late, captain, cohort, tutor):
    came(0)

    assert late_anywhere(captain, cohort, tutor) == [[]] * 4


def test_team_stays_late_when_its_people_change(late, captain, cohort, team):
    active_membership(captain).left_at = days_ago(0)
    member_of(team, person("Ли Ян", "li@example.org"))

    assert late_in_the_matrix(cohort) == [4]


def test_excused_person_owes_nothing(late, module, captain, cohort, tutor):
    excuse_member(captain, module, cohort, tutor=tutor, reason="Болела.")

    assert late_on_the_start_page(captain) == late_in_the_calendar(captain) == []
    assert steps_of(captain)[0].state is State.ACCEPTED


def test_work_that_is_looked_at_again_is_nobodys_delay(
    late, module, team, captain, cohort, tutor, tutor2
):
    review = send_back(send(module, captain, team), tutor)
    ask_to_look_again(review, LOOK, member=captain)
    overdue(review.attempt.submission)

    assert late_anywhere(captain, cohort, tutor) == [[]] * 4
    states = steps_of(captain)[0].state, matrix_of(cohort).rows[0].cells[0].state
    assert set(states) == {State.DISPUTED}


def test_start_page_says_that_a_late_answer_is_taken(late, captain, sign_in):
    page = sign_in(captain).get("/home/").text

    assert "Ответ ждали до" in page
    assert "примут и сейчас" in page


def test_start_page_names_no_day_that_has_passed_in_vain(late, cohort, team, sign_in):
    newcomer = member_of(team, person("Ли Ян", "li@example.org"))

    page = sign_in(newcomer).get("/home/").text

    assert "Начните с занятия" in page
    assert "Ответ ждут до" not in page
    assert "срок прошёл" not in page
