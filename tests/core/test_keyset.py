"""Long lists, read a part at a time."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.search import search_for
from lms.schools.teams.models import School, Team
from tests.conftest import save

NAMES = {"Г": "Бердск", "Б": "Анапа", "А": "Анапа", "В": "Бердск", "Д": "Уфа"}
ORDER = ["А", "Б", "В", "Г", "Д"]
KEYS = School.municipality, School.name, School.id


@pytest.fixture
def schools(app):
    """Five schools in three places."""
    return [
        save(School(name=name, municipality=place)) for name, place in NAMES.items()
    ]


@pytest.fixture
def read(app):
    """Return a function that gives the part of a list that an address asks for."""

    def part_at(listing, **args):
        with app.test_request_context(query_string=args):
            return listing.part()

    return part_at


def schools_by(**options):
    return Listing(sa.select(School), KEYS, 2, **options)


def walk(read, listing, name="after", **start):
    """Read part after part, as long as there is one more."""
    part = read(listing, **start)
    parts = [[row.name for row in part.items]]
    while number := getattr(part, name):
        part = read(listing, **{name: number})
        parts.append([row.name for row in part.items])
    return parts


@pytest.mark.parametrize("descending", [False, True])
def test_parts_follow_one_another(read, schools, descending):
    parts = walk(read, schools_by(descending=descending))

    names = [name for part in parts for name in part]
    assert names == (ORDER[::-1] if descending else ORDER)
    assert [len(part) for part in parts] == [2, 2, 1]


def test_way_back_shows_the_same_in_the_same_order(read, schools):
    last = next(school.id for school in schools if school.name == "Д")

    parts = walk(read, schools_by(), "before", before=last)

    assert parts == [["В", "Г"], ["А", "Б"]]


def test_first_part_has_none_before_it_and_the_last_none_behind(read, schools):
    first = read(schools_by())
    second = read(schools_by(), after=first.after)
    last = read(schools_by(), after=second.after)

    assert (first.before, last.after) == (None, None)
    assert second.before == second.items[0].id
    assert read(schools_by(), before=second.before).before is None


@pytest.mark.parametrize("number", ["", "x", "-1", "999", "9" * 50])
def test_row_that_is_not_there_leads_to_the_beginning(read, schools, number):
    part = read(schools_by(), after=number)

    assert [row.name for row in part.items] == ["А", "Б"]


def test_part_that_is_empty_by_now_leads_to_the_beginning(read, schools):
    last = next(school.id for school in schools if school.name == "Д")

    part = read(schools_by(), after=last)

    assert [row.name for row in part.items] == ["А", "Б"]


def test_row_stays_in_its_place_among_rows_of_two_tables(read, schools, cohort):
    for school in schools:
        for name in ("1", "2"):
            save(Team(school=school, cohort=cohort, name=school.name + name))
    teams = sa.select(Team).join(Team.school)
    keys = School.municipality, School.name, Team.name, Team.id

    parts = walk(read, Listing(teams, keys, 3))

    names = [name for part in parts for name in part]
    assert names == [letter + number for letter in ORDER for number in "12"]


def test_ways_are_united(read, schools):
    ways = [School.name == "Д", School.municipality == "Анапа", School.name == "А"]

    parts = walk(read, schools_by(ways=ways))

    assert parts == [["А", "Б"], ["Д"]]


@pytest.mark.parametrize(
    ("way", "found"), [(sa.true(), ["А", "Б"]), (sa.false(), ["Д"])]
)
def test_way_that_leads_everywhere_or_nowhere(read, schools, way, found):
    part = read(schools_by(ways=[School.name == "Д", way]))

    assert [row.name for row in part.items] == found


@pytest.mark.parametrize("most_rare", [0, 1_000])
@pytest.mark.parametrize("descending", [False, True])
def test_search_finds_the_same_whether_rare_or_not(
    read, schools, most_rare, descending
):
    search = search_for("анапа", School.name, School.municipality)
    ways = [School.name == "А", School.name == "Б", School.name == "Д"]
    facts = {"descending": descending, "most_rare": most_rare, "ways": ways}
    listing = Listing(sa.select(School), KEYS, 1, search=search, **facts)

    forward, last = walk(read, listing), schools[1 if not descending else 2].id

    assert forward == ([["Б"], ["А"]] if descending else [["А"], ["Б"]])
    assert walk(read, listing, "before", before=last) == [forward[0]]


def test_list_without_a_way_is_empty(read, schools):
    assert read(schools_by(ways=[sa.false()])).items == []


def test_part_takes_two_statements_however_long_the_list(
    read, schools, count_statements
):
    db.session.commit()
    with count_statements() as statements:
        read(schools_by(), after=1)

    assert len(statements) == 2
    assert not any("count(" in statement for statement in statements)
