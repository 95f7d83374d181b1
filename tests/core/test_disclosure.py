"""Figures about groups never lead to a figure about a few people."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lms.core.disclosure import FEWEST, Group, told_groups

SCHOOLS = "абвгдежз"


def group_of(name, sizes):
    """A group of schools by their names and sizes."""
    parts = tuple(Group(school, size) for school, size in sizes.items())
    return Group(name, sum(sizes.values()), parts)


@st.composite
def cohorts(draw):
    """A cohort of territories of schools, some of them with nobody."""
    sizes = draw(st.lists(st.integers(0, 9), min_size=1, max_size=len(SCHOOLS)))
    known = dict(zip(SCHOOLS, sizes, strict=False))
    cut = draw(st.integers(0, len(known)))
    halves = [dict(list(known.items())[:cut]), dict(list(known.items())[cut:])]
    parts = tuple(group_of(n, half) for n, half in enumerate(halves) if half)
    return Group("поток", sum(sizes), parts), known


def rank(rows):
    """The rank of a matrix, exactly."""
    rows, found = [[Fraction(cell) for cell in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in rows[found:] if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for number, row in enumerate(rows):
            if number != found and row[column]:
                part = row[column] / pivot[column]
                rows[number] = [a - part * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


def leads_to(told, few):
    """Whether sums of some groups can be added and subtracted to that of another."""
    return rank([*told, few]) == rank(told)


@given(cohorts())
def test_no_sum_of_told_groups_leads_to_fewer_people_than_five(drawn):
    whole, sizes = drawn
    told = told_groups(whole)
    full = [school for school, size in sizes.items() if size]
    groups = [whole, *whole.parts, *(s for part in whole.parts for s in part.parts)]

    within = {g.key: {s for s in full if s in schools_of(g)} for g in groups}
    rows = [[int(s in within[key]) for s in full] for key in sorted(told, key=str)]

    for size in range(1, len(full) + 1):
        for few in combinations(full, size):
            if sum(sizes[school] for school in few) < FEWEST and rows:
                assert not leads_to(rows, [int(school in few) for school in full])


def schools_of(group):
    """The schools within a group, or the school that it is."""
    if not group.parts:
        return {group.key}
    return {school for part in group.parts for school in schools_of(part)}


def test_of_schools_with_six_and_three_only_the_cohort_is_told():
    assert told_groups(group_of("поток", {"а": 6, "б": 3})) == {"поток"}


def test_a_small_school_takes_the_smallest_large_one_with_it():
    told = told_groups(group_of("поток", {"а": 9, "б": 6, "в": 3}))

    assert told == {"поток", "а"}


def test_two_small_schools_that_make_up_a_group_hide_nobody_else():
    told = told_groups(group_of("поток", {"а": 9, "б": 2, "в": 3}))

    assert told == {"поток", "а"}


def test_of_four_people_nothing_is_told():
    assert told_groups(group_of("поток", {"а": 4})) == frozenset()


def test_a_school_where_nobody_answered_gives_nobody_away():
    assert told_groups(group_of("поток", {"а": 6, "б": 0})) == {"поток", "а"}
