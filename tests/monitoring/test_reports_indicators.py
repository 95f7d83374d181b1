"""«Показатели и диагностика» of a year report: the numbers of the pages, no others."""

import io
from html import unescape

import pytest
import sqlalchemy as sa
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.indicators.aiming import set_aim
from lms.monitoring.indicators.deadlines import asked_period
from lms.monitoring.reports import services
from lms.monitoring.reports.changes import changes_between
from lms.monitoring.reports.draft import blocks_of
from lms.monitoring.reports.measured import cells_of, summed
from lms.monitoring.reports.models import ReportEdition
from lms.monitoring.reports.printed import WHY_HIDDEN, spelled_figure
from lms.monitoring.reports.scope import Scope, key_of
from lms.monitoring.reports.snapshot import Block, Figure, Measured, Snapshot
from lms.monitoring.reports.sums import sum_of
from lms.schools.teams.models import Team
from lms.schools.territories.models import SchoolTerritory
from tests.measurements import measure, school_in
from tests.measuring import answer_both, crew
from tests.territories import region_part


@pytest.fixture
def year(app):
    return SchoolYear.of(asked_period().starts_on)


@pytest.fixture
def district(territory, year):
    return Scope(year, None, territory=territory)


def block_of(scope):
    blocks, _ = blocks_of(scope)
    return next(block for block in blocks if block.key == "indicators")


def row_of(scope, indicator, period=None):
    """Return the cells of an indicator in a half-year, from the numerator on."""
    key = f"{indicator.id} {(period or asked_period()).starts_on}"
    return cells_of(next(one for one in block_of(scope).measured if one.key == key))[2:]


def test_row_has_baseline_target_fact_and_who_is_missing(
    district, cohort, team, territory, parents, admin
):
    school_in(territory, cohort, "Лицей")
    days = {"baseline_on": today(), "due_on": today()}
    aims = {"baseline": 8, "target": 15} | days
    set_aim(parents, territory, base_version=0, actor=admin, **aims)

    measure(team.school, parents, 30, 150, author=admin)

    on = f"{today():%d.%m.%Y}"
    begun, aimed = f"8\u00a0% на {on}", f"15\u00a0% к {on}"
    told = [30, 150, "20\u00a0%", begun, aimed, "1 из 2", "Лицей, Новосибирск"]
    assert row_of(district, parents) == told


def test_few_people_are_hidden_as_on_the_page(
    district, cohort, team, territory, parents, admin
):
    lyceum = school_in(territory, cohort, "Лицей")
    measure(team.school, parents, 2, 40, author=admin)
    measure(lyceum, parents, 30, 50, author=admin)

    of_school = Scope(district.year, None, school=team.school)

    assert row_of(of_school, parents)[:3] == ["<3", 40, "скрыто"]
    assert row_of(district, parents)[:3] == [32, 90, "35,6\u00a0%"]
    assert " 2," not in Snapshot(blocks=[block_of(of_school)]).model_dump_json()


def test_report_says_why_a_number_is_hidden(
    sign_in, coordinator, cohort, team, territory, parents, admin, year
):
    address = f"/reports/schools/{team.school_id}/{key_of(year)}/"
    reader = sign_in(coordinator)
    measure(school_in(territory, cohort, "Лицей"), parents, 30, 50, author=admin)
    measure(team.school, parents, 4, 40, author=admin)
    assert WHY_HIDDEN not in unescape(reader.get(address).text)

    measure(team.school, parents, 2, 40, author=admin)

    assert WHY_HIDDEN in unescape(reader.get(address).text)


def test_files_say_why_a_number_is_hidden(
    sign_in, captain, territory, team, parents, admin, year
):
    measure(team.school, parents, 2, 40, author=admin)
    writer = sign_in(captain)
    address = f"/reports/schools/{team.school_id}/{key_of(year)}/"
    writer.post(f"{address}close")

    word, excel = (
        writer.get(f"{address}editions/1/report.{kind}").data
        for kind in ("docx", "xlsx")
    )

    texts = [one.text for one in Document(io.BytesIO(word)).paragraphs]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(excel))
    rows = sheet.get_sheet_by_name("Показатели и диагностика").to_python()
    assert texts.count(WHY_HIDDEN) == 1
    assert [row[0] for row in rows].count(WHY_HIDDEN) == 1


def test_school_in_no_territory_reports_too(district, team, parents, admin):
    measure(team.school, parents, 30, 150, author=admin)
    db.session.execute(sa.delete(SchoolTerritory))
    db.session.commit()

    of_school = Scope(district.year, None, school=team.school)

    assert row_of(of_school, parents)[:3] == [30, 150, "20\u00a0%"]
    assert row_of(of_school, parents)[5] == "прислано"


def test_region_sums_closed_districts_beside_its_own_target(
    district, team, other_team, territory, other_coordinator, parents, admin, year
):
    measure(team.school, parents, 15, 100, author=admin)
    measure(other_team.school, parents, 15, 50, author=admin)
    region = Scope(year, None, territory=territory.parent)
    days = {"baseline_on": today(), "due_on": today()}
    aims = {"baseline": 8, "target": 25} | days
    set_aim(parents, territory.parent, base_version=0, actor=admin, **aims)
    for place in (territory, region_part(territory.parent, "Бердск")):
        services.close(Scope(year, None, territory=place), actor=admin)

    row = row_of(region, parents)

    assert row[:3] == [30, 150, "20\u00a0%"]
    assert row[4:6] == [f"25\u00a0% к {today():%d.%m.%Y}", "2 из 2"]


NUMBERS = st.tuples(st.integers(0, 900), st.booleans())


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_sum_is_told_only_where_each_of_its_numbers_is(numbers):
    rows = [
        Measured(
            key="1",
            label="Доля",
            period="2-е полугодие",
            kind="SHARE",
            value=None if is_hidden else value,
            of=900,
            hidden="скрыто" if is_hidden else "",
        )
        for value, is_hidden in numbers
    ]

    row = summed(rows)

    is_told = not any(is_hidden for _, is_hidden in numbers)
    assert row.value == (sum(value for value, _ in numbers) if is_told else None)
    assert (row.of, bool(row.hidden)) == (900 * len(rows), not is_told)


def test_growth_has_n_and_who_is_missing(district, measured, team, admin):
    people = crew(team, 7)
    results = dict.fromkeys(people[:5], (1, 3)) | dict.fromkeys(people[5:], (0, None))

    answer_both(measured, results, admin=admin)

    growth, unmeasured, hidden = block_of(district).figures
    assert spelled_figure(growth) == "+50 (n = 5)"
    assert (unmeasured.value, hidden.value) == (2, 0)
    assert growth.address == f"/diagnostics/{measured.id}/"


def test_growth_of_few_is_hidden_in_every_table(
    district, measured, team, territory, admin
):
    lyceum = school_in(territory, measured, "Лицей")
    small = db.session.query(Team).filter_by(school_id=lyceum.id).one()
    sizes = ((team, 9), (small, 2))
    results = {one: (1, 3) for where, size in sizes for one in crew(where, size)}

    answer_both(measured, results, admin=admin)

    block = block_of(district)
    assert spelled_figure(block.figures[0]) == "+50 (n = 11)"
    (table,) = block.grids
    assert [row[1:] for row in table.rows] == [["скрыто", 0, "скрыто"]] * 2


def test_means_of_districts_are_weighed_by_people():
    def part(points, people):
        figure = Figure(
            key="growth", label="Рост", value=points, is_mean=True, of=people
        )
        return Snapshot(blocks=[Block(key="indicators", title="", figures=[figure])])

    (block,) = sum_of([("А", part(100, 5)), ("Б", part(-20, 15))])

    assert spelled_figure(block.figures[0]) == "+4 (n = 20)"
    assert [row[1] for row in block.grids[0].rows] == [20, -1.3]


def test_edition_of_an_older_release_has_the_same_fingerprint():
    figure = Figure(key="people", label="Человек", value=3)
    block = Block(key="participants", title="Участники", figures=[figure])

    stored = Snapshot(blocks=[block]).model_dump(mode="json")

    assert set(stored["blocks"][0]) == {"key", "title", "figures", "grids"}
    names = {"key", "label", "value", "of", "unit", "address", "adds_up"}
    assert set(stored["blocks"][0]["figures"][0]) == names


def test_number_that_is_corrected_later_is_named_in_the_next_edition(
    district, team, parents, admin
):
    measure(team.school, parents, 30, 150, author=admin)
    first = services.close(district, actor=admin)
    measure(team.school, parents, 45, 150, author=admin)

    second = services.close(district, actor=admin)

    kept, after = (
        Snapshot.model_validate(db.session.get(ReportEdition, one.id).content)
        for one in (first, second)
    )
    (change,) = changes_between(kept, after)
    assert change.label == f"{parents.title}, {asked_period().label}"
    words = "20\u00a0% (30 из 150)", "30\u00a0% (45 из 150)"
    assert (change.before, change.after) == words


def test_page_and_both_files_have_the_indicators(
    sign_in, coordinator, team, territory, parents, admin, year
):
    measure(team.school, parents, 30, 150, author=admin)
    reader = sign_in(coordinator)
    address = f"/reports/{territory.id}/{key_of(year)}/"
    reader.post(f"{address}close")

    made = [
        reader.get(f"{address}editions/1/report.{kind}").data
        for kind in ("docx", "xlsx")
    ]

    table = _rows_of_word(made[0])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made[1]))
    rows = sheet.get_sheet_by_name("Показатели и диагностика").to_python()
    wanted = [parents.title, asked_period().label, "30", "150", "20\u00a0%"]
    assert wanted in [row[:5] for row in table]
    assert [parents.title, asked_period().label, 30, 150] in [row[:4] for row in rows]
    page = reader.get(f"{address}editions/1/").text
    assert f"/indicators/{parents.id}/?territory={territory.id}" in page


def _rows_of_word(made):
    tables = Document(io.BytesIO(made)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]
