"""Rows of a release when people could be in one team only, and what they are now."""

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.extensions import db
from tests.older_rows import fill_tables, tables_of


def add_like(connection, name, /, **changes):
    """Store a row as the first one of its table, but for what is said."""
    (table,) = (one for one in tables_of(connection) if one.name == name)
    rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
    row = dict(rows.first())
    sent = {"form_key": None} if "form_key" in row else {}
    connection.execute(table.insert().values(row | sent | changes))


def read(*columns):
    """Return rows by their ids, from tables as they are now."""
    names = ", ".join(columns[1:])
    with db.engine.connect() as connection:
        rows = connection.execute(sa.text(f"SELECT id, {names} FROM {columns[0]}"))
        return {number: tuple(facts) for number, *facts in rows}


@pytest.fixture
def two_cohorts(bare):
    """The first person went from one cohort to a closed one, the second was in that."""
    upgrade(revision="0025")
    with db.engine.begin() as connection:
        fill_tables(connection)
        add_like(connection, "cohort", id=2, name="Весна", state="CLOSED")
        add_like(connection, "team", id=2, cohort_id=2, name="Мост")
        add_like(connection, "user", id=2, email="second@example.org")
        present = {"team_id": 2, "left_at": None}
        add_like(connection, "membership", id=2, **present)
        add_like(connection, "membership", id=3, user_id=2, is_captain=False, **present)
        add_like(connection, "quiz_result", id=2, user_id=2)
    upgrade()


def test_memberships_get_the_cohort_of_their_team(two_cohorts):
    rows = read("membership", "cohort_id", "chosen_at = joined_at")

    assert rows == {1: (1, True), 2: (2, True), 3: (2, True)}


def test_people_of_a_closed_cohort_are_its_graduates(two_cohorts):
    rows = read("membership", "graduated_at IS NOT NULL")

    assert rows == {1: (False,), 2: (True,), 3: (True,)}


def test_self_checks_go_to_the_only_cohort_of_a_person(two_cohorts):
    assert read("quiz_result", "cohort_id") == {1: (None,), 2: (2,)}


def test_second_cohort_is_open_to_a_person_and_a_second_team_in_it_is_not(two_cohorts):
    here = {"user_id": 2, "is_captain": False, "left_at": None}
    with db.engine.begin() as connection:
        add_like(connection, "membership", id=4, **here)
        add_like(connection, "team", id=3, name="Опора")

    with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        add_like(connection, "membership", id=5, team_id=3, **here)
