"""A cohort week by week: the chart, its table and the matrix say the same."""

import re
from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.picture import picture_of_weeks
from lms.overview.progress.weeks import changed_weeks, monday, weeks_of
from lms.review.reviews.models import Review
from lms.work.submissions.models import Submission
from tests.works import accept, crowd, send, send_back

WEEK = timedelta(weeks=1)


@pytest.fixture
def begun(cohort, module, team):
    """A cohort that began two weeks ago and has to be ready in a week."""
    [row] = cohort.rows
    row.opens_on, row.due_on = today() - 2 * WEEK, today() + WEEK
    db.session.commit()
    return cohort


def numbers(cohort, viewer):
    """What the weeks of a cohort say, oldest first."""
    weeks = weeks_of(cohort, viewer)
    return [(week.accepted, week.so_far, week.planned) for week in weeks]


def move(review, ago):
    """Let a review have been released so long ago."""
    table = Review.__table__
    moment = review.released_at - ago
    old = table.update().where(table.c.id == review.id).values(released_at=moment)
    db.session.execute(old)
    db.session.commit()


def test_accepted_work_stands_in_its_week(begun, module, captain, team, tutor):
    review = accept(send(module, captain, team), tutor)
    move(review, WEEK)

    assert numbers(begun, tutor) == [(0, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1)]


def test_returned_and_waiting_works_do_not_count(begun, module, captain, team, tutor):
    send_back(send(module, captain, team), tutor)
    crowd(module, begun, captain, 2)

    assert numbers(begun, tutor)[-1] == (0, 0, 3)


def test_weeks_begin_on_monday_in_the_zone_of_the_site(begun, tutor):
    weeks = weeks_of(begun, tutor)

    assert {week.starts_on.weekday() for week in weeks} == {0}
    assert weeks[0].starts_on == monday(begun.rows[0].opens_on)
    assert [week.is_ahead for week in weeks] == [False, False, False, True]


def test_cohort_without_due_days_has_no_weeks(begun, tutor, sign_in):
    begun.rows[0].due_on = None
    db.session.commit()

    page = sign_in(tutor).get(f"/progress/{begun.id}/weeks").text

    assert weeks_of(begun, tutor) == []
    assert "нет работ со сроком" in page


def test_table_leaves_out_weeks_without_news(begun, tutor):
    begun.rows[0].opens_on = today() - 9 * WEEK
    db.session.commit()

    told = [
        (week.so_far, week.planned) for week in changed_weeks(weeks_of(begun, tutor))
    ]

    assert told == [(0, 0), (0, 1)]


def test_page_says_what_the_matrix_says(begun, module, captain, team, tutor, sign_in):
    accept(send(module, captain, team), tutor)

    page = sign_in(tutor).get(f"/progress/{begun.id}/weeks").text

    cells = re.findall(r'<td class="cell--right">(\w+|–)</td>', page)
    assert cells[3:6] == ["1", "1", "0"]
    assert matrix_of(begun).accepted(0) == 1
    assert "Зачтено 1\xa0работа" in page


def test_bars_end_with_this_week_and_the_line_goes_on(begun, tutor):
    chart = picture_of_weeks(weeks_of(begun, tutor))

    assert len(chart.bars) == 3
    assert chart.line[-1].x2 == 100


def test_weeks_cost_the_same_for_any_number(
    begun, captain, module, tutor, count_statements
):
    def cost():
        db.session.commit()
        begun.id, tutor.id  # noqa: B018 - loads both before the count
        with count_statements() as statements:
            weeks_of(begun, tutor)
        return len(statements)

    before = cost()
    crowd(module, begun, captain, 20)

    assert db.session.query(Submission).count() == 20
    assert cost() == before <= 3
