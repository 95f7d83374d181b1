"""What a participant is offered first."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.services import mark_read, publish
from lms.schools.teams.models import Membership
from lms.work.submissions.services import start_submission
from tests import sample_course
from tests.works import accept, send, send_back

READ = "Читать занятие 4"


@pytest.fixture
def by_choice(cohort, module):
    """A module before the fourth that may be left out, and whose day has passed."""
    publish(revision := sample_course.import_module("02-vybor"), actor=None)
    days = {"opens_on": today() - timedelta(30), "due_on": today() - timedelta(1)}
    row = CalendarRow(module=revision.module, position=2, **days)
    cohort.rows.append(row)
    db.session.commit()
    return revision.module


@pytest.fixture
def joined_long_ago(member):
    membership = db.session.query(Membership).filter_by(user_id=member.id).one()
    membership.joined_at = utcnow() - timedelta(days=60)
    db.session.commit()


def test_what_is_required_goes_before_what_may_be_left_out(sign_in, member, by_choice):
    page = sign_in(member).get("/home/").text

    assert READ in page
    assert f"/submissions/start/{by_choice.slug}" not in page


def test_who_has_just_come_has_the_lesson_first_and_no_other_button(
    sign_in, member, module
):
    page = sign_in(member).get("/home/").text

    assert "Начните с занятия 4" in page
    assert page.count('class="button"') == 1
    assert READ in page


def test_who_has_not_read_is_led_to_the_lesson_first(
    sign_in, member, module, joined_long_ago
):
    page = sign_in(member).get("/home/").text

    assert "прочитать занятие 4" in page
    assert "Начать задание 4" in page


def test_who_came_to_a_work_that_was_returned_reads_first(
    sign_in, member, captain, module, team, tutor
):
    send_back(send(module, captain, team), tutor)

    page = sign_in(member).get("/home/").text

    assert READ in page
    assert "дорабатывает" in page


def test_who_came_when_all_is_accepted_begins_with_the_first_lesson(
    sign_in, member, captain, module, team, tutor
):
    accept(send(module, captain, team), tutor)

    assert READ in sign_in(member).get("/home/").text


def test_who_has_read_is_led_to_the_assignment(sign_in, member, module):
    mark_read(module, user=member, is_read=True)

    assert READ not in sign_in(member).get("/home/").text


def test_who_joined_today_reads_first_though_the_team_writes(
    sign_in, member, module, team
):
    start_submission(module, user=member, team=team)

    page = sign_in(member).get("/home/").text

    assert READ in page
    assert page.index(READ) < page.index("Продолжить задание 4")


def test_who_writes_for_long_goes_on(sign_in, member, module, team, joined_long_ago):
    start_submission(module, user=member, team=team)

    assert READ not in sign_in(member).get("/home/").text
