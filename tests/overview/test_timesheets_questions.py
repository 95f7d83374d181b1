"""Answered questions about lessons in the month of a tutor."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from lms.core.database import utcnow
from lms.demo.story import backdate
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.sheet import sheet_of
from lms.review.questions.models import Question
from lms.review.questions.services import answer


@pytest.fixture
def waited(answered):
    """A question that waited five hours for its answer."""
    asked_at = utcnow() - timedelta(hours=5)
    backdate(Question, "id", answered.id, asked_at=asked_at)
    return answered


def questions_of(tutor, viewer):
    return sheet_of(tutor, Month.present(), viewer=viewer).questions


def test_first_answer_counts_and_no_correction(waited, tutor, tutor2, admin):
    answer(waited, "Шести.", tutor=tutor2)

    (row,) = questions_of(tutor, admin)
    assert round(row.hours) == 5
    assert questions_of(tutor2, admin) == []


def test_lead_of_another_cohort_learns_nothing_of_it(waited, tutor, other_tutor):
    assert questions_of(tutor, other_tutor) == []


def test_page_and_workbook_have_the_hours(waited, tutor, sign_in):
    browser, url = sign_in(tutor), f"/timesheets/{tutor.id}"

    page = browser.get(url).text
    file = browser.get(f"{url}.xlsx").data

    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        lines = book.get_sheet_by_name("Вопросы о занятиях").to_python()
    assert lines[-1][-1] == 5
    assert "за 5\xa0ч" in page
    assert f'href="/questions/{waited.id}/"' in page
