"""All territories at once: the way to each, sums on which levels agree."""

from hypothesis import given
from hypothesis import strategies as st

from lms.schools.territories.models import Territory
from lms.schools.territories.tree import Tree


@st.composite
def trees(draw):
    """A tree in which each territory lies within an earlier one, or on top."""
    size = draw(st.integers(1, 12))
    parents = [draw(st.integers(0, number)) for number in range(size)]
    rows = [
        Territory(id=number, name=f"Т{number}", parent_id=parent or None)
        for number, parent in enumerate(parents, start=1)
    ]
    return Tree({row.id: row for row in rows})


@given(tree=trees(), data=st.data())
def test_number_of_a_territory_is_its_own_and_those_of_its_parts(tree, data):
    counts = st.dictionaries(st.sampled_from(sorted(tree.by_id)), st.integers(0, 40))
    own = data.draw(counts)

    sums = tree.sums(own)

    for number in tree.by_id:
        parts = sum(sums[part.id] for part in tree.parts[number])
        assert sums[number] == own.get(number, 0) + parts
    assert sum(sums[top.id] for top in tree.parts[None]) == sum(own.values())


def test_choices_tell_the_whole_way():
    region = Territory(id=1, name="НСО", parent_id=None)
    town = Territory(id=2, name="Бердск", parent_id=1)

    assert Tree({2: town, 1: region}).choices == [(1, "НСО"), (2, "НСО ▸ Бердск")]
