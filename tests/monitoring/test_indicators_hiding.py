"""Few people are never counted aloud, and nobody works out how many they were."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core.disclosure import FEW
from lms.monitoring.indicators.hiding import Leaf, Mark, hide

REGION, DISTRICT, TOWN = (("territory", number) for number in (1, 2, 3))


def school(number):
    return ("school", number)


def region_of(district, town, region=()):
    """Return the places and numbers of a region with two parts and schools in each."""
    above, leaves = {REGION: None, DISTRICT: REGION, TOWN: REGION}, {}
    for part, values in ((DISTRICT, district), (TOWN, town), (REGION, region)):
        for value in values:
            place = school(len(leaves) + 1)
            above[place], leaves[place] = part, Leaf(value)
    return above, leaves


def way_up(above, place):
    while (place := above[place]) is not None:
        yield place


def total(above, values, place):
    return sum(n for leaf, n in values.items() if place in way_up(above, leaf))


def readings(above, leaves, marks):
    """Return every set of hidden numbers that fits to what is shown."""
    hidden = [leaf for leaf in leaves if leaf in marks]
    shown = {leaf: one.value for leaf, one in leaves.items() if leaf not in marks}
    totals = [p for p in above if p not in leaves and p not in marks]
    known = {
        p: total(above, {k: v.value for k, v in leaves.items()}, p) for p in totals
    }
    most = sum(one.value for one in leaves.values()) + 3
    ranges = [
        range(1, FEW) if marks[leaf] is Mark.FEW else range(FEW, most)
        for leaf in hidden
    ]
    for guess in product(*ranges):
        values = shown | dict(zip(hidden, guess, strict=True))
        if all(total(above, values, place) == known[place] for place in totals):
            yield dict(zip(hidden, guess, strict=True))


numbers = st.lists(st.integers(0, 5), max_size=3)


@given(numbers, numbers, st.lists(st.integers(0, 5), max_size=1))
def test_nobody_works_out_a_number_of_few_people(district, town, region):
    above, leaves = region_of(district, town, region)

    marks = hide(above, leaves)

    few = [place for place, leaf in leaves.items() if 0 < leaf.value < FEW]
    assert all(marks[place] is Mark.FEW for place in few)
    fitting = list(readings(above, leaves, marks)) if few else []
    assert all(len({one[place] for one in fitting}) > 1 for place in few)


@given(numbers, numbers)
def test_a_true_nought_and_what_hides_nothing_are_shown(district, town):
    above, leaves = region_of(district, town)

    marks = hide(above, leaves)

    assert not [p for p, leaf in leaves.items() if leaf.value == 0 and p in marks]
    if not any(0 < leaf.value < FEW for leaf in leaves.values()):
        assert marks == {}


@settings(max_examples=50)
@given(st.permutations([1, 2, 3, 4, 5, 6]), st.lists(st.integers(0, 9), min_size=6))
def test_school_that_answers_later_uncovers_no_other(order, values):
    """What covered a number yesterday, whoever saw that page reads in no later one."""
    above = {REGION: None, DISTRICT: REGION, TOWN: REGION}
    above |= {school(n): DISTRICT if n < 4 else TOWN for n in range(1, 7)}
    leaves, hidden = {}, set()
    for came, number in enumerate(order, 1):
        leaves[school(number)] = Leaf(values[number - 1], came=came)
        marks = hide(above, leaves)
        assert hidden <= set(marks) | {DISTRICT, TOWN, REGION}
        hidden = set(marks)


def test_the_number_that_came_first_covers():
    above, leaves = region_of([2, 9, 4], [30])
    for came, place in enumerate(leaves):
        leaves[place] = leaves[place]._replace(came=came)

    assert hide(above, leaves) == {school(1): Mark.FEW, school(2): Mark.COVER}


def test_a_second_school_is_hidden_beside_one_of_few():
    marks = hide(*region_of([2, 10, 20], [30]))

    assert marks == {school(1): Mark.FEW, school(2): Mark.COVER}


def test_a_lonely_school_hides_its_district_and_one_elsewhere():
    """Else the region less the other district would tell it."""
    marks = hide(*region_of([1], [8, 9]))

    assert marks == {
        school(1): Mark.FEW,
        DISTRICT: Mark.COVER,
        school(2): Mark.COVER,
        TOWN: Mark.COVER,
    }


def test_two_of_few_whose_sum_tells_them_hide_the_total():
    marks = hide(*region_of([1, 1], []))

    assert marks[DISTRICT] is Mark.COVER
    assert marks[REGION] is Mark.COVER


@pytest.mark.parametrize("most", [3, 4])
def test_number_known_to_be_no_larger_covers_nothing(most):
    """2 and 3 of 3: whoever knows the whole would see that 2 cannot be 1."""
    above, leaves = region_of([2, 3, 7], [])
    leaves[school(2)] = Leaf(3, most=most)

    marks = hide(above, leaves)

    assert (school(2) in marks) == (most > 3)
