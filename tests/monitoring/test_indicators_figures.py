"""Figures of territories: sums of what schools said, and nothing made up."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import HalfYear
from lms.monitoring.indicators.counting import NO_DATA, Figure, share_of, total
from lms.monitoring.indicators.deadlines import asked_period, before_of, due_of
from lms.monitoring.indicators.models import Count, Indicator, Unit
from lms.monitoring.indicators.summary import lines_of, standings_of
from tests.conftest import count as rows_of
from tests.measurements import (
    figures,
    measure,
    move,
    new_territory,
    school_in,
    settle,
    settle_offered,
)

counts = st.tuples(st.integers(0, 900), st.integers(0, 900)).map(
    lambda pair: Count(min(pair), max(pair))
)
districts = st.lists(st.lists(counts, min_size=1, max_size=5), min_size=1, max_size=5)


@given(districts)
def test_region_is_the_sum_of_its_districts(parts):
    summed = total([total(counts) for counts in parts])

    assert summed == total([one for counts in parts for one in counts])


@given(st.lists(counts, min_size=1))
def test_share_is_between_the_shares_it_is_made_of(parts):
    shares = [share for one in parts if (share := share_of(one)) is not None]
    whole = share_of(total(parts))

    assert (whole is None) == (not shares)
    assert whole is None or min(shares) - 1e-9 <= whole <= max(shares) + 1e-9


def test_share_of_a_territory_is_no_mean_of_shares():
    assert share_of(total([Count(15, 100), Count(15, 50)])) == 20


@pytest.mark.parametrize("count", [None, Count(0, 0)])
def test_nothing_known_is_no_nought(count):
    share = Indicator(unit=Unit.SHARE)

    assert Figure(share, count).fact == NO_DATA
    assert Figure(share, Count(0, 9)).fact == "0\u00a0%"


@pytest.mark.parametrize(
    ("day", "asked", "due"),
    [
        (date(2026, 11, 29), "1-е полугодие 2026/27", date(2027, 1, 15)),
        (date(2027, 1, 15), "1-е полугодие 2026/27", date(2027, 1, 15)),
        (date(2027, 1, 16), "2-е полугодие 2026/27", date(2027, 5, 20)),
        (date(2027, 8, 31), "2-е полугодие 2026/27", date(2027, 5, 20)),
        (date(2027, 9, 1), "1-е полугодие 2027/28", date(2028, 1, 15)),
    ],
)
def test_half_year_that_is_asked_about(day, asked, due):
    period = asked_period(day)

    assert (period.label, due_of(period)) == (asked, due)


@pytest.fixture
def region(app):
    return new_territory("Новосибирская область")


@pytest.fixture
def berdsk(region):
    return new_territory("Бердск", region)


@pytest.fixture
def iskitim(region):
    return new_territory("Искитим", region)


@pytest.fixture
def partners(app):
    """Counts organisations, so nothing of it is hidden."""
    return settle("partners")


def test_territory_sums_numerators_and_denominators(
    partners, region, berdsk, iskitim, cohort, admin
):
    for where, part, whole in ((berdsk, 15, 100), (iskitim, 15, 50)):
        school = school_in(where, cohort, f"Школа в {where.name}")
        measure(school, partners, part, whole, author=admin)

    shown = figures(partners, berdsk, admin)

    assert shown.of_territory(partners, region).count == Count(30, 150)
    assert shown.of_territory(partners, region).fact == "20\u00a0%"
    assert shown.of_territory(partners, berdsk).fact == "15\u00a0%"


def test_missing_schools_stand_beside_the_figure(partners, berdsk, cohort, admin):
    told, silent = (school_in(berdsk, cohort, f"Школа № {n}") for n in (1, 2))
    measure(told, partners, 3, 4, author=admin)

    shown = figures(partners, berdsk, admin)
    (line,) = lines_of(shown, berdsk, [partners])

    assert (line.sent, line.missing) == ("1 из 2", [silent])
    assert line.figure.fact == "75\u00a0%"
    standings = standings_of(shown, shown.region.schools, [partners])
    assert [one.school for one in standings if one.is_silent] == [silent]


def test_school_that_moved_counts_where_it_was(
    partners, region, berdsk, iskitim, cohort, admin
):
    now = HalfYear.of(today())
    school, before = school_in(berdsk, cohort, "Лицей № 3"), before_of(now)
    for period in (before, now):
        measure(school, partners, 3, 4, author=admin, period=period)
    move(school, iskitim, since=now.starts_on)

    past = figures(partners, region, admin, period=before)
    present = figures(partners, region, admin, period=now)

    assert past.of_territory(partners, berdsk).count == Count(3, 4)
    assert past.of_territory(partners, iskitim).count is None
    assert present.of_territory(partners, berdsk).count is None
    assert present.of_territory(partners, iskitim).count == Count(3, 4)


def test_merged_spelling_loses_no_figure(partners, region, berdsk, cohort, admin):
    other = new_territory("г. Бердск", region)
    for where, part in ((berdsk, 1), (other, 2)):
        school = school_in(where, cohort, f"Школа в {where.name}")
        measure(school, partners, part, 4, author=admin)
    other.parent, other.merged_at = berdsk, admin.created_at
    db.session.commit()

    shown = figures(partners, region, admin)

    assert shown.of_territory(partners, berdsk).count == Count(3, 8)


def test_a_correction_counts_and_the_first_number_stays(
    partners, berdsk, cohort, admin
):
    school = school_in(berdsk, cohort, "Лицей № 3")
    measure(school, partners, 3, 4, author=admin)
    measure(school, partners, 2, 4, author=admin)

    shown = figures(partners, berdsk, admin)

    assert shown.of_school(partners, school).count == Count(2, 4)
    assert rows_of(type(shown.measurement(partners, school))) == 2


def test_few_people_are_hidden_with_another_school(
    region, berdsk, iskitim, cohort, admin
):
    parents, number = settle("parents"), count(1)
    schools = [school_in(berdsk, cohort, f"Школа № {next(number)}") for _ in "123"]
    for school, part in zip(schools, (2, 10, 20), strict=True):
        measure(school, parents, part, 100, author=admin)

    shown = figures(parents, region, admin)

    facts = [shown.of_school(parents, one) for one in schools]
    assert [one.numerator for one in facts] == ["<3", "скрыто", 20]
    assert [one.denominator for one in facts] == [100, 100, 100]
    assert [one.fact for one in facts] == ["скрыто", "скрыто", "20\u00a0%"]
    assert shown.of_territory(parents, region).numerator == 32


def test_yes_of_schools_is_a_share_of_a_territory(berdsk, cohort, admin):
    quality = settle_offered("quality", admin)
    for name, answer in (("А", 1), ("Б", 0)):
        measure(school_in(berdsk, cohort, name), quality, answer, 1, author=admin)

    shown = figures(quality, berdsk, admin)

    facts = [shown.of_school(quality, one).fact for one in shown.region.schools]
    assert facts == ["да", "нет"]
    assert shown.of_territory(quality, berdsk).fact == "50\u00a0%"


@settings(max_examples=20)
@given(st.lists(counts, min_size=1, max_size=8))
def test_total_is_the_sum_of_schools_before_anything_is_hidden(parts):
    figure = Figure(Indicator(unit=Unit.SHARE), total(parts))

    assert figure.numerator == sum(one.numerator for one in parts)
    assert figure.denominator == sum(one.denominator for one in parts)


def test_school_of_a_cohort_that_ended_is_asked_no_more(
    partners, berdsk, cohort, admin
):
    school_in(berdsk, cohort, "Лицей № 3")
    cohort.starts_on = today() + timedelta(days=400)
    db.session.commit()

    shown = figures(partners, berdsk, admin)

    assert shown.region.schools == []


def test_school_that_has_answered_counts_whatever_became_of_its_cohort(
    partners, berdsk, cohort, admin
):
    measure(school_in(berdsk, cohort, "Лицей № 3"), partners, 3, 4, author=admin)
    cohort.starts_on = today() + timedelta(days=400)
    db.session.commit()

    shown = figures(partners, berdsk, admin)

    assert shown.of_territory(partners, berdsk).count == Count(3, 4)
