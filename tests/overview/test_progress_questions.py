"""How long questions about lessons wait, on the page «Сколько ждут ответа»."""

import io
from datetime import timedelta

from python_calamine import CalamineWorkbook

from lms.core.database import utcnow
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.demo.story import backdate
from lms.overview.progress.questions import question_pace_of
from lms.overview.progress.sheets import QUESTIONS
from lms.review.questions.models import Question
from lms.review.questions.services import answer
from tests.conftest import save
from tests.questions import ask


def answered_after(module, team, member, tutor, *hours):
    """Have questions answered so many hours after they were asked."""
    for wait in hours:
        asked = ask(module, team, member)
        answer(asked, "Да.", tutor=tutor)
        asked_at = utcnow() - timedelta(hours=wait)
        backdate(Question, "id", asked.id, asked_at=asked_at)


def test_half_and_nine_of_ten(module, team, member, tutor, cohort):
    answered_after(module, team, member, tutor, 1, 3, 10)
    ask(module, team, member)

    found = question_pace_of(cohort)

    assert (found.pace.works, found.waiting) == (3, 1)
    assert (round(found.pace.median), round(found.pace.ninetieth)) == (3, 10)


def test_page_tells_of_questions(sign_in, module, team, member, tutor, cohort):
    browser, url = sign_in(tutor), f"/progress/{cohort.id}/answers"
    before = browser.get(url).text
    answered_after(module, team, member, tutor, 5)

    page = browser.get(url).text
    assert "ответов на вопросы о занятиях не было" in before
    assert "на половину — за 5\xa0ч" in page


def test_questions_of_another_cohort_do_not_count(answered, module):
    other = save(Cohort(name="Другой", calendar="two_years", starts_on=today()))

    found = question_pace_of(other, months=0)

    assert (found.pace, found.waiting) == (None, 0)


def test_workbook_has_the_hours_of_questions_below_those_of_works(
    sign_in, module, team, member, tutor, cohort
):
    answered_after(module, team, member, tutor, 1, 3)

    file = sign_in(tutor).get(f"/progress/{cohort.id}.xlsx").data

    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        sheet = book.get_sheet_by_name("Сколько ждут ответа").to_python()
    assert sheet[-1] == [QUESTIONS, "все занятия", 2, 2, 3]
