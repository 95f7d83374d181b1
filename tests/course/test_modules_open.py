"""The lesson that is open to everybody, and only that one."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.contents import downloads_of
from lms.course.modules.services import publish, withdraw
from tests.conftest import person, save
from tests.sample_course import FILES, LESSON, files_without, import_module

FOLDER = "01-modul-1"
URL = "/modules/modul-1/"


@pytest.fixture
def opened(app):
    """The first lesson of the course, published."""
    revision = import_module(FOLDER)
    publish(revision, actor=None)
    return revision


def test_guest_reads_the_first_lesson_whole(guest, opened):
    page = guest.get(URL)

    assert page.status_code == 200
    assert "составить пары по запросу" in page.text
    assert "Это занятие открыто всем" in page.text


def test_guest_has_nothing_to_send(guest, opened):
    page = guest.get(URL).text

    assert "<form" not in page
    assert "Set-Cookie" not in guest.get(URL).headers


def test_guest_has_its_files(guest, opened):
    document = downloads_of(opened)[0]

    assert guest.get(document.url).status_code == 200


def test_files_of_a_draft_are_not_for_guests(guest, opened):
    draft = import_module(
        FOLDER, FILES | {"media/karta.pdf": b"%PDF-1.4\nnew\n%%EOF\n"}
    )

    assert guest.get(downloads_of(draft)[0].url).status_code == 302


def test_guest_marks_nothing_and_sees_no_guide(guest, opened):
    assert guest.post(URL + "read").status_code == 401
    assert guest.get(URL + "guide").status_code == 302
    assert guest.get("/quizzes/modul-1/").status_code in {302, 404}


def test_other_lessons_ask_to_sign_in(guest, opened, module):
    answer = guest.get("/modules/nastavnichestvo/")

    assert answer.status_code == 302
    assert "/accounts/sign-in" in answer.location


def test_lesson_that_is_withdrawn_is_open_no_more(guest, opened):
    withdraw(opened.module, actor=None)

    assert guest.get(URL).status_code == 302


def test_kept_page_of_a_guest_is_not_rendered_again(guest, opened):
    etag = guest.get(URL).headers["ETag"]

    assert guest.get(URL, headers={"If-None-Match": etag}).status_code == 304


def test_kept_page_of_a_guest_changes_with_the_lesson(guest, opened):
    etag = guest.get(URL).headers["ETag"]
    newer = import_module(FOLDER, files_without(lesson=LESSON + "\nЕщё строка.\n"))
    publish(newer, actor=None)

    assert guest.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_person_without_a_team_reads_it_too(sign_in, opened):
    page = sign_in(person("Новый Человек", "new@example.org")).get(URL)

    assert "Это занятие открыто всем" in page.text


def test_member_learns_when_the_assignment_opens(sign_in, member, cohort, opened):
    later = today() + timedelta(days=3)
    row = {"module": opened.module, "position": 1, "opens_on": later}
    save(CalendarRow(cohort=cohort, due_on=None, **row))

    page = sign_in(member).get(URL).text

    assert f"У вашей команды оно откроется {day(later)}" in page


def test_guest_costs_few_statements(guest, opened, count_statements):
    guest.get(URL)
    db.session.commit()

    with count_statements() as statements:
        guest.get(URL)

    assert len(statements) <= 5
