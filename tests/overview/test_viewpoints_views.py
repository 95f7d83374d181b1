"""«Посмотреть как участник»: any cohort, any day, and nothing is written."""

from datetime import date, timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import day, full_day, today
from lms.course.cohorts.models import CohortState
from lms.course.modules.services import withdraw

URL = "/viewpoints/nastavnichestvo/"
LATER = date(2027, 3, 1)


@pytest.fixture
def studio(sign_in, admin, cohort, module):
    """An admin; the lesson opens to the cohort on a day to come."""
    row = cohort.rows[0]
    row.opens_on, row.due_on = LATER, LATER + timedelta(days=10)
    db.session.commit()
    return sign_in(admin)


def seen(studio, cohort, on, address=URL):
    where = {"cohort": cohort.id, "on": on.isoformat()}
    return studio.get(address, query_string=where)


def test_lesson_is_closed_before_its_day(studio, cohort):
    page = seen(studio, cohort, LATER - timedelta(days=1)).text

    assert f"Откроется {day(LATER)}" in page
    assert "составить пары по запросу" not in page


def test_lesson_is_open_on_its_day(studio, cohort):
    page = seen(studio, cohort, LATER).text

    assert "составить пары по запросу" in page
    assert f"«{cohort.name}», {full_day(LATER)}" in page
    assert "только посмотреть" in page


def test_programme_shows_the_day(studio, cohort):
    page = seen(studio, cohort, LATER, "/viewpoints/").text

    assert "открыто" in page
    assert f"ответ ждут до {day(LATER + timedelta(days=10))}" in page


def test_cohort_that_is_not_open_says_so(studio, cohort):
    cohort.state = CohortState.PLANNED
    db.session.commit()

    assert "Поток ещё не открыт" in seen(studio, cohort, LATER).text


def test_withdrawn_lesson_has_no_text(studio, cohort, module):
    withdraw(module, actor=None)

    assert "Занятие готовится" in seen(studio, cohort, LATER).text


def test_without_a_choice_it_is_today_in_the_running_cohort(studio, cohort):
    page = studio.get(URL).text

    assert f"«{cohort.name}», {full_day(today())}" in page


def test_wrong_day_is_said_at_its_field(studio, cohort):
    page = studio.get(URL, query_string={"cohort": cohort.id, "on": "вчера"}).text

    assert "Такого дня нет" in page


def test_looking_writes_nothing(studio, cohort, count_statements):
    with count_statements() as statements:
        seen(studio, cohort, LATER)

    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE"))]
    assert len(statements) <= 8


def test_site_without_cohorts_says_so(sign_in, admin):
    assert "Потоков пока нет" in sign_in(admin).get("/viewpoints/").text
