"""The report of the demonstration's year beside the pages, number by number."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.reports.scope import key_of
from lms.schools.territories.models import Territory
from tests.browser.demo import PEOPLE
from tests.browser.stage import Visitor

CELLS = """rows => rows.map(row => [...row.cells].map(
    cell => (cell.querySelector("strong") ?? cell).textContent.replace(/\\s/g, "")))"""


@pytest.fixture(scope="module")
def admin(chromium, demo):
    """A page of the admin, who reads every report."""
    visitor = Visitor(chromium, demo.config["LMS_URL"]).sign_in(PEOPLE["admin"])
    yield visitor.page
    visitor.close()


@pytest.fixture(scope="module")
def towns(demo):
    """The towns of the demonstration, and the school years that it knows."""
    with demo.app_context():
        within = sa.select(Territory.id).where(Territory.parent_id.is_not(None))
        present = SchoolYear.of(today())
        former = SchoolYear.starting(present.starts_on.year - 1)
        ids = db.session.scalars(within.order_by(Territory.id)).all()
        return [(town, year, today()) for town in ids for year in (former, present)]


def in_report(page, town, year):
    """Return the numbers of a report: half-year, indicator, and what is said of it."""
    page.goto(f"/reports/{town}/{key_of(year)}/")
    table = page.get_by_role("region", name="Показатели по полугодиям")
    rows = table.locator("tbody tr").evaluate_all(CELLS)
    return sorted((half[0], title, *cells[:5]) for title, half, *cells in rows)


def on_pages(page, town, halves):
    """Return the same from the pages of indicators of half-years with schools."""
    found = []
    for half in halves:
        page.goto(f"/indicators/?territory={town}&period={half.starts_on}")
        rows = page.locator("table.figures tbody tr").evaluate_all(CELLS)
        if not any(row[-1].startswith("0из0") for row in rows):
            found += [(half.label[0], *row[:6]) for row in rows]
    return sorted(found)


def test_indicators_of_a_report_are_those_of_the_pages(admin, towns):
    compared = 0
    for town, year, day in towns:
        begun = [half for half in year.halves if half.starts_on <= day]
        told = in_report(admin, town, year)

        assert told == on_pages(admin, town, begun)
        compared += len(told)
    assert compared > 0
