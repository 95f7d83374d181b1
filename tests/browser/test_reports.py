"""The report of the demonstration's year beside the pages, number by number."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.reports.scope import key_of
from lms.schools.teams.models import Team
from lms.schools.territories.models import Territory
from tests.browser.demo import PEOPLE
from tests.browser.stage import Visitor

CELLS = """rows => rows.map(row => [...row.cells].map(
    cell => (cell.querySelector("strong") ?? cell).textContent.replace(/\\s/g, "")))"""

ROWS = (
    """rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"""
)
COUNTS = """items => items.map(item => [
    item.firstElementChild.lastChild.textContent.trim(),
    item.querySelector(".counts__number").textContent.replace(/\\s/g, "")])"""
CERTIFICATES = """rows => rows.map(row => [
    row.querySelector(".list__aside div").textContent.trim(),
    row.lastElementChild.textContent.trim()])"""


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


def table(page, name):
    """Return the rows of a table of a report as people read them."""
    region = page.get_by_role("region", name=name, exact=True)
    return region.locator("tbody tr").evaluate_all(ROWS)


def figures(page, block):
    """Return the numbers of a part of a report by their labels."""
    part = page.locator(f"section[aria-labelledby={block}] .counts > li")
    return dict(part.evaluate_all(COUNTS))


def test_documents_of_reports_are_those_of_the_registry(admin, towns):
    told = {}
    for town, year, _ in towns:
        admin.goto(f"/reports/{town}/{key_of(year)}/")
        rows = table(admin, "Сертификаты")
        issued = figures(admin, "documents").get("Выдано сертификатов", "0")
        assert int(issued) == len(rows)
        told |= {row[0]: row[4] for row in rows}
    assert told

    listed = {}
    for start in {year.starts_on.year for _, year, _ in towns}:
        for year in (start, start + 1):
            admin.goto(f"/certificates/?year={year}")
            listed |= dict(admin.locator(".list__row").evaluate_all(CERTIFICATES))
    assert told.items() <= listed.items()


def test_events_and_risks_of_a_report_are_those_of_the_project(admin, demo, towns):
    with demo.app_context():
        team = db.session.get_one(Team, demo.config["NAMES"]["team_id"])
        school, project = team.school.name, f"/projects/{team.id}"
    events, risks = set(), set()
    for town, year, _ in towns:
        admin.goto(f"/reports/{town}/{key_of(year)}/")
        events |= {one[1] for one in table(admin, "Мероприятия школ") if school in one}
        risks |= {one[1] for one in table(admin, "Риски школ") if school in one}

    for page, told in (("events", events), ("risks", risks)):
        admin.goto(f"{project}/{page}")
        words = admin.locator("#table").inner_text()
        assert told
        assert [title for title in told if title not in words] == []


def test_schools_of_a_report_are_those_of_the_list_of_teams(admin, towns):
    for town, year, _ in towns:
        admin.goto(f"/reports/{town}/{key_of(year)}/")
        rows = table(admin, "Школы")
        told = figures(admin, "participants")
        if rows:
            assert int(told["Школы"]) == len({row[0] for row in rows})
            assert int(told["Команды"]) == sum(int(row[3]) for row in rows)


def test_region_adds_up_what_its_towns_have_closed(admin, demo, towns):
    year = towns[0][1]
    with demo.app_context():
        region = sa.select(Territory.id).where(Territory.parent_id.is_(None))
        region_id = db.session.scalars(region.order_by(Territory.id)).first()
    sums = {}
    for town, former, _ in towns:
        if former != year:
            continue
        address = f"/reports/{town}/{key_of(year)}/editions/1/"
        if admin.request.get(address).ok:
            admin.goto(address)
            told = figures(admin, "participants") | figures(admin, "documents")
            for label, number in told.items():
                sums[label] = sums.get(label, 0) + int(number)
    assert sums

    admin.goto(f"/reports/{region_id}/{key_of(year)}/editions/1/")
    told = figures(admin, "participants") | figures(admin, "documents")
    assert {label: int(number) for label, number in told.items()} == sums
