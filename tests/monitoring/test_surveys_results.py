"""What is told of a survey never leads to the answers of fewer than five people."""

import re
from collections import Counter
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lms.monitoring.diagnostics.permissions import Sight
from lms.monitoring.diagnostics.places import WHOLE
from lms.monitoring.surveys.results import results_of
from tests.conftest import save
from tests.measuring import close_survey, replies_of


@pytest.fixture
def of_six_and_three(surveyed, team, other_team):
    """Six answers of one school and three of another; nobody can add to them."""
    replies_of(team, 6, 5, "Больше встреч.")
    replies_of(other_team, 3, 2)
    return close_survey()


def test_schools_of_six_and_three_are_both_left_out(of_six_and_three):
    results = results_of(of_six_and_three, Sight())

    (whole,) = results.lines
    assert (whole.place, whole.answers) == (WHOLE, 9)
    assert whole.by_scale["polza"].counts == Counter({5: 6, 2: 3})
    assert whole.by_scale["polza"].mean == 4


def test_page_and_workbook_never_say_both_nine_and_six(
    of_six_and_three, surveyed, sign_in, admin
):
    address = f"/surveys/{surveyed.id}/polza"

    page = sign_in(admin).get(f"{address}/results").text
    file = sign_in(admin).get(f"{address}.xlsx").data
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    rows = book.get_sheet_by_index(0).to_python()[1:]

    assert {row[1] for row in rows} == {9}
    assert re.findall(r"Ответили (\d+)", page) == ["9"]
    assert "Лицей" not in page
    assert "Лицей" not in str(rows)


def test_nothing_is_told_while_one_more_may_answer(surveyed, team, sign_in, admin):
    replies_of(team, 9, words="Ещё.")

    page = sign_in(admin).get(f"/surveys/{surveyed.id}/polza/results").text

    assert "Итоги появятся после" in page
    assert "Ещё." not in page


def test_four_answers_are_not_told(surveyed, team):
    replies_of(team, 4, words="Ещё.")

    results = results_of(close_survey(), Sight())

    assert (results.lines, results.words) == ([], [])


def test_words_are_of_no_school(of_six_and_three):
    results = results_of(of_six_and_three, Sight())

    assert results.words == ["Больше встреч."] * 6


def test_school_of_five_beside_another_of_five_is_told(surveyed, team, other_team):
    replies_of(team, 5, 5)
    replies_of(other_team, 5, 1)

    results = results_of(close_survey(), Sight())

    assert [line.answers for line in results.lines] == [10, 5, 5]


def test_figures_cost_the_same_for_more_answers(
    surveyed, team, other_team, count_statements
):
    sizes = []
    for place in (team, other_team):
        replies_of(place, 5)
        found = close_survey()
        with count_statements() as statements:
            results_of(found, Sight())
        sizes.append(len(statements))
        found.closes_on = found.closes_on.replace(year=found.closes_on.year + 1)
        save(found)

    assert sizes[0] == sizes[1]
