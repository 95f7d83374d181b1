"""Hours to the answer: the same numbers in the picture, the table and the workbook."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from lms.core.charts import TOP
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import midnight, today
from lms.overview.progress.answers import answers_of, spell_hours
from lms.overview.progress.picture import picture_of, picture_of_answers
from lms.overview.progress.sheets import PACE_HEADINGS, paces_of
from lms.overview.progress.weeks import answer_weeks_of
from lms.review.reviews.models import Review, Verdict
from lms.work.submissions.models import Attempt
from tests.works import crowd


@pytest.fixture
def answer(module, cohort, captain):
    """Return a function that makes reviews which took so many hours."""

    def review(tutor, *hours, ago=timedelta(days=3)):
        works = crowd(module, cohort, captain, len(hours))
        for work, wait in zip(works, hours, strict=True):
            released_at = utcnow() - ago
            attempt = work.attempts[0]
            table = Attempt.__table__
            sent_at = released_at - timedelta(hours=wait)
            old = table.update().where(table.c.id == attempt.id)
            db.session.execute(old.values(sent_at=sent_at))
            judged = {"levels": [], "points": 1, "summary": "Хорошо."}
            db.session.add(
                Review(
                    attempt_id=attempt.id,
                    tutor_id=tutor.id,
                    verdict=Verdict.ACCEPTED,
                    released_at=released_at,
                    **judged,
                )
            )
        db.session.commit()

    return review


def paces(cohort, **period):
    """What is known of each tutor, with hours as they are read."""
    return {
        tutor.name: [
            (pace.works, round(pace.median, 2), round(pace.ninetieth, 2))
            for _, pace in tutor.modules
        ]
        for tutor in answers_of(cohort, **period).tutors
    }


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([5], (1, 5, 5)),
        ([2, 10], (2, 6, 10)),
        ([30, 1, 8], (3, 8, 30)),
        (list(range(1, 11)), (10, 5.5, 9)),
        (list(range(1, 12)), (11, 6, 10)),
    ],
)
def test_median_and_ninetieth(hours, expected, answer, cohort, tutor):
    answer(tutor, *hours)

    assert paces(cohort) == {tutor.full_name: [expected]}


def test_tutor_has_a_pace_in_all(answer, cohort, tutor):
    answer(tutor, 4, 8)

    [found] = answers_of(cohort).tutors
    assert (found.name, found.total.works) == (tutor.full_name, 2)
    assert found.total.median == pytest.approx(6, abs=0.01)


def test_old_answers_count_only_when_asked_for(answer, cohort, tutor):
    answer(tutor, 4, ago=timedelta(days=200))

    assert paces(cohort) == {}
    assert paces(cohort, months=0) == {tutor.full_name: [(1, 4, 4)]}


def test_clock_that_jumped_back_makes_no_negative_hours(answer, cohort, tutor):
    answer(tutor, -5)

    assert paces(cohort) == {tutor.full_name: [(1, 0, 0)]}


def test_waiting_works_are_told_beside(module, cohort, captain):
    works = crowd(module, cohort, captain, 2)

    found = answers_of(cohort)
    assert (found.waiting, found.oldest_at) == (2, works[0].sent_at)


def test_answers_cost_the_same_for_any_number(answer, cohort, tutor, count_statements):
    def cost():
        db.session.commit()
        cohort.id  # noqa: B018 - loads the cohort before the count
        with count_statements() as statements:
            answers_of(cohort)
        return len(statements)

    before = cost()
    answer(tutor, *range(1, 20))

    assert cost() == before <= 4


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.4, "меньше часа"),
        (26.2, "26 ч"),
        (72, "3 дня"),
        (84, "3,5 дня"),
        (240, "10 дней"),
    ],
)
def test_hours_in_words(hours, words):
    assert spell_hours(hours).replace("\xa0", " ") == words


def test_picture_is_to_the_scale_of_the_slowest(answer, cohort, tutor):
    answer(tutor, 24, 96, 96)

    picture = picture_of(answers_of(cohort))
    [(name, [bar])] = picture.bars
    assert (name, bar.median, bar.ninetieth) == (tutor.full_name, 100, 100)
    assert [(mark.word, mark.x) for mark in picture.marks] == [
        ("1 день", 25),
        ("3 дня", 75),
    ]


def test_page_has_the_picture_and_the_numbers(answer, cohort, tutor, sign_in):
    answer(tutor, 30, 30)

    page = sign_in(tutor).get(f"/progress/{cohort.id}/answers?months=3").text

    assert '<rect class="pace__bar"' in page
    assert page.count("30\xa0ч") == 7
    assert 'aria-current="page" href="/progress/1/answers?months=3"' in page


def test_period_that_is_not_offered_is_the_usual_one(cohort, tutor, sign_in):
    page = sign_in(tutor).get(f"/progress/{cohort.id}/answers?months=7").text

    assert 'aria-current="page" href="/progress/1/answers?months=6"' in page
    assert "не было ни одного ответа" in page


def test_workbook_has_the_same_numbers(answer, cohort, tutor, sign_in):
    answer(tutor, 4.26, 50)

    file = sign_in(tutor).get(f"/progress/{cohort.id}.xlsx").data

    with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
        sheet = book.get_sheet_by_name("Сколько ждут ответа").to_python()
    assert sheet == [PACE_HEADINGS, *paces_of(answers_of(cohort))]
    assert sheet[1][1:] == ["все занятия", 2, 27.1, 50]


def test_weeks_have_the_median_of_their_answers(answer, cohort, tutor):
    monday = today() - timedelta(days=today().weekday(), weeks=3)
    in_its_middle = midnight(monday + timedelta(days=3))
    answer(tutor, 2, 10, ago=utcnow() - in_its_middle)

    weeks = answer_weeks_of(cohort, months=3)

    told = [week.pace and (week.pace.works, round(week.pace.median)) for week in weeks]
    assert told == [(2, 6), None, None, None]
    assert len(picture_of_answers(weeks).bars) == 1


def test_picture_of_weeks_shows_the_term_above_fast_answers(answer, cohort, tutor):
    answer(tutor, 24)

    chart = picture_of_answers(answer_weeks_of(cohort, months=3))

    assert [mark.word for mark in chart.scale] == ["1 день", "3 дня"]
    assert chart.line[0].y1 == TOP < chart.bars[0].y


def test_cohort_without_answers_has_no_weeks(cohort, tutor):
    assert answer_weeks_of(cohort, months=0) == []
