"""Growth, worked out by hand for a small cohort and compared; what stays hidden."""

from fractions import Fraction
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.growth import Pair
from lms.monitoring.diagnostics.models import Moment
from lms.monitoring.diagnostics.permissions import Sight
from lms.monitoring.diagnostics.results import is_out_of_balance, results_of
from lms.monitoring.diagnostics.scores import Outcome, score_of
from lms.schools.teams.models import Position
from tests.conftest import member_of, person
from tests.measuring import answer_both, come_to, crew, questions, sit


def told(cohort):
    """The figures of a cohort as an admin reads them."""
    return results_of(cohort, Sight())


def right(*pairs):
    """Right answers at the entry and at the exit, of four."""
    return list(pairs)


@pytest.fixture
def small_cohort(measured, team, other_team, admin):
    """Five teachers of one school, two of another, two parents; seven sat both.

    By hand, in per cent out of four questions: 25→75, 50→75, 0→100, 75→75, 100→100;
    50→25, 25→50; a parent came in only, another out only.
    """
    first, second = crew(team, 5), crew(other_team, 2)
    parents = crew_of_parents(team)
    results = dict(
        zip(first, right((1, 3), (2, 3), (0, 4), (3, 3), (4, 4)), strict=True)
    )
    results |= dict(zip(second, right((2, 1), (1, 2)), strict=True))
    results |= dict(zip(parents, right((1, None), (None, 3)), strict=True))
    answer_both(measured, results, admin=admin)
    return measured


def crew_of_parents(team):
    """Two parents of a team; their ids."""
    people = [person(f"Родитель {n}", f"parent{n}@example.org") for n in range(2)]
    return [member_of(team, user, position=Position.PARENT).id for user in people]


def test_growth_of_a_small_cohort_is_what_comes_out_by_hand(small_cohort):
    whole = told(small_cohort).main

    # (50 + 25 + 100 + 0 + 0 − 25 + 25) / 7
    assert whole.growth.mean == Fraction(175, 7) == 25
    counts = whole.invited, whole.entered, whole.left, whole.both, whole.missing
    assert counts == (9, 8, 8, 7, 2)
    # 50, 25, 100 and 25 points are enough; one teacher came with 100 %.
    share = whole.share
    assert (share.grown, share.teachers, share.no_room) == (4, 7, 1)


def test_page_counts_no_one_or_two_teachers_aloud(
    measured, team, other_team, sign_in, admin
):
    results = dict.fromkeys(crew(team, 6), (3, 3))
    results |= dict.fromkeys(list(results)[:2], (0, 4))
    answer_both(measured, results, admin=admin)

    page = sign_in(admin).get(f"/diagnostics/{measured.id}/").text

    assert "<strong>&lt;3 из 6</strong>" in page


def test_growth_by_lesson_is_what_comes_out_by_hand(small_cohort):
    growth = told(small_cohort).main.growth

    # The first two questions are about the first lesson: right answers come first.
    entry = [50, 100, 0, 100, 100, 100, 50]
    leaving = [100, 100, 100, 100, 100, 50, 100]
    assert growth.entry_in("cennosti") == Fraction(sum(entry), 7)
    assert growth.exit_in("cennosti") == Fraction(sum(leaving), 7)
    # The third is known to two at the entry, to five at the exit.
    assert growth.mean_of("organizator") == Fraction(100 * (5 - 2), 7)
    assert growth.mean_of("endaument") == Fraction(100 * (2 - 1), 7)


def test_outcomes_that_grew_least_come_first(small_cohort):
    least = told(small_cohort).least

    assert [outcome for outcome, _ in least] == [
        Outcome("endaument", "Узнать endaument"),
        Outcome("cennosti", "Узнать cennosti"),
        Outcome("organizator", "Узнать organizator"),
    ]


def test_school_of_five_is_hidden_beside_a_school_of_two(small_cohort):
    results = told(small_cohort)

    assert results.main.growth is not None
    assert [(line.both, line.growth) for line in results.lines[1:]] == [
        (2, None),
        (5, None),
    ]


def test_nothing_is_told_before_the_cohort_ends(measured, team, admin):
    people = crew(team, 6)
    for moment in Moment:
        come_to(measured, moment)
        for user_id in people:
            sit(db.session.get_one(User, user_id), moment, 2)

    results = told(measured)

    assert (results.main.left, results.main.growth, results.least) == (6, None, [])


def test_of_four_people_nothing_is_told(measured, team, admin):
    answer_both(measured, dict.fromkeys(crew(team, 4), (1, 2)), admin=admin)

    results = told(measured)

    assert (results.main.growth, results.main.share, results.least) == (None, None, [])


def test_half_filled_form_counts_as_missing(measured, team, admin):

    *_, last = people = crew(team, 6)
    come_to(measured, Moment.ENTRY)
    sit(db.session.get_one(User, last), Moment.ENTRY, 4, finish=False)
    answer_both(measured, dict.fromkeys(people[:5], (1, 2)), admin=admin)

    whole = told(measured).main

    assert (whole.entered, whole.both, whole.missing) == (5, 5, 1)


def test_who_changes_the_position_later_moves_no_figure(small_cohort, team):
    before = told(small_cohort).main.share

    for membership in team.memberships:
        membership.position = Position.PARENT
    db.session.commit()

    assert told(small_cohort).main.share == before


@pytest.mark.parametrize(("easy", "hard", "told"), [(4, 3, True), (4, 4, False)])
def test_forms_of_different_difficulty_are_noticed(easy, hard, told):
    pairs = [_pair("a", easy) for _ in range(5)] + [_pair("b", hard) for _ in range(5)]

    assert is_out_of_balance(pairs) is told
    assert is_out_of_balance(pairs[:9]) is False


def _pair(form, right):
    items = questions().form(form)
    answers = {item.key: item.correct for item in items[:right]}
    score = score_of(items, answers)
    return Pair(1, Position.TEACHER, form, score, score)


def test_figures_cost_the_same_for_more_people(
    measured, team, other_team, admin, count_statements
):
    sizes = []
    for people in (crew(team, 1), crew(other_team, 9)):
        come_to(measured, Moment.ENTRY)
        for user_id in people:
            sit(db.session.get_one(User, user_id), Moment.ENTRY, 2)
        db.session.expire_all()
        with count_statements() as statements:
            told(measured)
        sizes.append(len(statements))

    assert sizes[0] == sizes[1]


def test_workbook_says_what_the_page_says(small_cohort, sign_in, admin):
    address = f"/diagnostics/{small_cohort.id}"

    page = sign_in(admin).get(f"{address}/").text
    book = CalamineWorkbook.from_filelike(
        BytesIO(sign_in(admin).get(f"{address}.xlsx").data)
    )
    whole, *schools = book.get_sheet_by_index(0).to_python()[1:]

    assert whole[:7] == ["Весь поток", 9, 8, 8, 7, 2, 25]
    assert all(cell == "скрыто" for row in schools for cell in row[6:])
    assert "в среднем рост +25\xa0пунктов" in page
    assert "<strong>4 из 7</strong>" in page
