"""Meetings of an older release whose territory was merged call its schools again."""

import pytest
from flask_migrate import upgrade

from lms.core.extensions import db
from tests.older_rows import fill_tables
from tests.schools.test_teams_years import add_like, read


@pytest.fixture
def merged_twice(bare):
    """The third territory was merged into the second one, and that into the first."""
    upgrade(revision="0041")
    with db.engine.begin() as connection:
        fill_tables(connection)
        whole = {"merged_at": None, "name": "Город"}
        add_like(connection, "territory", id=11, parent_id=None, **whole)
        add_like(connection, "territory", id=12, parent_id=11, name="Бердск")
        add_like(connection, "territory", id=13, parent_id=12, name="г. Бердск")
        for number in (11, 12, 13):
            add_like(connection, "meeting", id=number, territory_id=number)
    upgrade()


def test_meeting_is_that_of_the_territory_that_was_kept(merged_twice):
    meetings = read("meeting", "territory_id")

    assert [meetings[number][0] for number in (11, 12, 13)] == [11, 11, 11]
