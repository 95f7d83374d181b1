"""Pages of year reports: who reads, who writes, and what leaves the site."""

import io
import re

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lms.core.extensions import db
from lms.core.language import full_day, today
from lms.core.periods import SchoolYear
from lms.monitoring.reports.models import Report, ReportRival
from lms.monitoring.reports.scope import key_of
from lms.schools.teams.models import Position
from lms.schools.teams.permissions import active_membership
from lms.schools.territories.services import move_school
from tests.conftest import look_after
from tests.links import dead_links
from tests.measurements import new_territory, school_in
from tests.territories import region_part
from tests.works import accept, send


@pytest.fixture
def year(app):
    return key_of(SchoolYear.of(today()))


@pytest.fixture
def address(territory, year):
    return f"/reports/{territory.id}/{year}/"


@pytest.fixture
def reader(sign_in, coordinator, captain):
    return sign_in(coordinator)


def test_coordinator_writes_and_closes_the_report_of_a_town(reader, address):
    form = {"results": "Всё получилось.", "version": 0}
    reader.post(address, data=form)

    page = reader.post(f"{address}close", follow_redirects=True).text

    assert "редакция № 1" in page
    assert "Всё получилось." in page


def test_script_learns_of_a_text_that_was_newer(reader, address, sign_in, admin):
    sign_in(admin).post(address, data={"results": "Первый.", "version": 0})
    json = {"Accept": "application/json"}

    answer = reader.post(
        address, data={"results": "Второй.", "version": 0}, headers=json
    ).json

    assert (answer["rival"], answer["by"]) == (True, "Вера Лях")
    page = reader.get(address).text
    assert "Первый." in page
    assert "Второй." in page


def test_a_choice_that_is_none_forgets_no_text(reader, address, sign_in, admin):
    for person, words in ((sign_in(admin), "Первый."), (reader, "Второй.")):
        person.post(address, data={"results": words, "version": 0})
    rival = db.session.query(ReportRival).one()

    answer = reader.post(f"{address}rivals/{rival.id}/other")

    assert answer.status_code == 404
    assert db.session.query(ReportRival).count() == 1


def test_too_long_conclusions_are_refused_with_the_words_back(reader, address):
    page = reader.post(address, data={"results": "я" * 10_001, "version": 0})

    assert "Не больше 10000 знаков" in page.text
    assert "я" * 10_001 in page.text
    assert db.session.query(Report).count() == 0


@pytest.mark.parametrize("label", ["2026-28", "1999-00", "1-2", "2098-99", "2026"])
def test_there_is_no_report_of_a_year_that_is_none(reader, territory, label):
    assert reader.get(f"/reports/{territory.id}/{label}/").status_code == 404


def test_first_year_leads_only_to_the_next_one(reader):
    page = reader.get("/reports/?year=2000-01").text

    assert 'rel="prev"' not in page
    assert dead_links(reader, "/reports/?year=2000-01") == []


def test_captain_closes_the_report_of_the_school_and_the_coordinator_reads_it(
    sign_in, captain, reader, team, year
):
    address = f"/reports/schools/{team.school_id}/{year}/"

    sign_in(captain).post(f"{address}close")

    assert reader.get(f"{address}editions/1/").status_code == 200
    assert reader.post(f"{address}close").status_code == 403


def test_report_of_a_school_leads_its_people_only_where_they_may_go(
    sign_in, captain, accepted, certificate, team, year
):
    address = f"/reports/schools/{team.school_id}/{year}/"

    assert dead_links(sign_in(captain), address) == []


def test_files_have_the_tables_and_names_only_where_they_are_wanted(
    reader, address, captain, certificate
):
    reader.post(f"{address}close")

    named, nameless = (
        words_of(reader.get(f"{address}editions/1/report.docx{query}").data)
        for query in ("", "?names=no")
    )

    assert captain.full_name in named
    assert captain.full_name not in nameless
    assert certificate.number in nameless
    assert "Таблица 1." in named


def test_paper_says_on_which_day_of_which_year_it_was_closed(reader, address):
    reader.post(f"{address}close")

    words = words_of(reader.get(f"{address}editions/1/report.docx").data)
    page = reader.get(f"{address}editions/1/").text

    assert f"закрыта {full_day(today())}, " in words
    assert f"Закрыт {full_day(today())}, Инна Власова." in page
    assert "сегодня" not in words


def test_papers_of_a_region_name_the_districts_that_it_lacks(
    reader, sign_in, admin, coordinator, territory, cohort, year
):
    berdsk = new_territory("Бердск", territory.parent)
    look_after(coordinator, berdsk)
    school_in(berdsk, cohort, "Лицей № 3")
    browser = sign_in(admin)
    for one in (territory, territory.parent):
        browser.post(f"/reports/{one.id}/{year}/close")
    address = f"/reports/{territory.parent.id}/{year}/editions/1/report"

    words = words_of(browser.get(f"{address}.docx").data)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(browser.get(f"{address}.xlsx").data)
    )

    assert "Из чего сложен отчёт" in words
    assert "Бердск\nне закрыт, в сумму не вошёл" in words
    assert book.get_sheet_by_name("Из чего сложен отчёт").to_python()[1:] == [
        ["Бердск", "не закрыт, в сумму не вошёл"],
        [territory.name, "редакция № 1"],
    ]


def test_school_that_moved_between_two_closed_reports_is_named_in_the_region(
    sign_in, admin, captain, team, territory, other, other_coordinator, year
):
    berdsk = region_part(territory.parent, "Бердск")
    towns = [f"/reports/{one.id}/{year}/" for one in (territory, berdsk)]
    of_region = f"/reports/{territory.parent_id}/{year}/"
    closer = sign_in(admin)
    closer.post(f"{towns[0]}close")
    move_school(team.school, berdsk, since=today(), actor=admin)

    closer.post(f"{towns[1]}close")
    before = closer.get(of_region).text
    closer.post(f"{towns[0]}close")
    after = closer.get(of_region).text

    assert "В сумме дважды: Школа № 12, Бердск." in before
    assert "В сумме дважды" not in after


def test_page_without_names_is_for_publication(
    reader, address, captain, certificate, coordinator
):
    reader.post(f"{address}close")

    named, nameless = (
        reader.get(f"{address}editions/1/{query}").text.split("<main")[1]
        for query in ("", "?names=no")
    )

    assert (captain.full_name in named, captain.full_name in nameless) == (True, False)
    assert ("Власова" in named, "Власова" in nameless) == (True, False)
    assert "report.docx?names=no" in nameless
    assert certificate.number in nameless


def test_days_are_days_in_the_workbook(reader, address, certificate):
    reader.post(f"{address}close")

    made = reader.get(f"{address}editions/1/report.xlsx").data

    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    rows = book.get_sheet_by_name("Документы").to_python()
    assert certificate.issued_on in [cell for row in rows for cell in row]


def words_of(made):
    document = Document(io.BytesIO(made))
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_workbook_has_a_sheet_for_each_block(reader, address):
    reader.post(f"{address}close")

    made = reader.get(f"{address}editions/1/report.xlsx").data

    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == [
        "Участники",
        "Ход курса",
        "Документы",
        "Мероприятия",
        "Показатели и диагностика",
        "Риски",
        "Опыт",
        "Выводы и следующий год",
    ]


def test_block_that_is_left_out_is_in_no_edition(reader, address):
    reader.post(address, data={"left_out": "documents", "version": 0})
    reader.post(f"{address}close")

    page = reader.get(f"{address}editions/1/").text

    assert 'id="participants"' in page
    assert 'id="documents"' not in page


def test_report_costs_as_many_statements_for_more_works(
    reader, address, module, captain, team, tutor, count_statements
):
    reader.get(address)
    with count_statements() as before:
        reader.get(address)
    accept(send(module, captain, team), tutor)

    with count_statements() as after:
        reader.get(address)

    assert len(after) <= len(before) + 1


def test_team_page_leads_who_answers_or_accepts_to_the_report_of_the_school(
    sign_in, team, captain, member, coordinator, tutor, year
):
    active_membership(member).position = Position.DEPUTY
    db.session.commit()
    address = f"/reports/schools/{team.school_id}/{year}/"
    people = captain, member, coordinator, tutor
    browsers = [sign_in(one) for one in people]

    pages = [browser.get(f"/teams/{team.id}/").text for browser in browsers]

    assert [address in page for page in pages] == [True, True, True, False]
    answers = [browser.get(address).status_code for browser in browsers]
    assert answers == [200, 200, 200, 404]


def test_numbers_lead_only_where_the_reader_may_come(
    sign_in, coordinator, captain, team, year, address
):
    school = f"/reports/schools/{team.school_id}/{year}/"
    theirs, hers = (sign_in(one) for one in (captain, coordinator))

    page = theirs.get(school).text
    assert '<span class="counts__link">' in page
    assert 'href="/certificates/"' not in page
    links = re.findall(r'<a class="counts__link" href="([^"]+)"', page)
    assert [theirs.get(link).status_code for link in links] == [200] * len(links)

    assert 'href="/certificates/"' in hers.get(address).text
    links = re.findall(
        r'<a class="counts__link" href="([^"]+)"', hers.get(address).text
    )
    assert links
    assert {hers.get(link).status_code for link in links} == {200}


def test_draft_on_paper_has_words_and_no_empty_fields(reader, address):
    reader.post(address, data={"results": "Сад у школы.", "version": 0})

    page = reader.get(address).text

    paper = page.partition('<div class="print-only">')[2].partition("</div>")[0]
    assert ">Сад у школы.</p>" in paper
    assert paper.count(">не заполнено</p>") == 2
    assert '<form class="form no-print"' in page
    assert f"Черновик на {full_day(today())}" in page
