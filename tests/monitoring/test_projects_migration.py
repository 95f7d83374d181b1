"""Lines of «План и факт» of an earlier release become events of their schools."""

import pytest
from flask_migrate import upgrade

from lms.core.extensions import db
from lms.monitoring.projects.models import Event
from tests.older_rows import fill_tables
from tests.schools.test_teams_years import add_like, read


@pytest.fixture
def two_schools(bare):
    """Two teams of one school in a cohort and one of another have lines of a plan."""
    upgrade(revision="0027")
    with db.engine.begin() as connection:
        fill_tables(connection)
        add_like(connection, "team", id=2, name="Мост")
        add_like(connection, "team", id=3, name="Лад", school_id=2)
        for number in (2, 3):
            add_like(connection, "plan_action", id=number, team_id=number, what="Опрос")
        add_like(connection, "plan_action", id=4, why_not="Карантин", done_on=None)
        add_like(connection, "plan_action", id=5, why_not="", done_on=None)
    upgrade()


def test_school_has_one_project_whatever_the_number_of_its_teams(two_schools):
    projects = read("project", "school_id", "cohort_id")

    assert sorted(projects.values()) == [(1, 1), (2, 1)]
    of_lines = read("plan_action", "project_id")
    assert of_lines[1] == of_lines[2] == of_lines[4] != of_lines[3]


def test_lines_keep_what_they_said(two_schools):
    rows = read("plan_action", "what", "kind", "fact", "correction", "version")

    assert rows[2] == ("Опрос", "OTHER", "", "", 1)


def test_line_that_was_not_done_was_missed_on_its_day(two_schools):
    rows = read("plan_action", "missed_on = due_on")

    assert [rows[number][0] for number in (4, 5)] == [True, None]


def test_lines_are_read_as_events(two_schools):
    events = db.session.query(Event).order_by(Event.id).all()

    assert [event.removed_at for event in events] == [None] * 5
