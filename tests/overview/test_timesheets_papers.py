"""The month of a tutor on paper: a workbook, and a document to sign."""

import io
import re
from datetime import datetime

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lms.core.language import site_zone
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.sheet import sheet_of
from lms.overview.timesheets.word import word_sheet
from lms.overview.timesheets.workbook import workbook_of
from tests.conftest import person
from tests.works import accept, send


@pytest.fixture
def sheet(module, captain, team, tutor):
    """A month with one work of a team with a difficult name."""
    team.name = "=1+1\x0b"
    accept(send(module, captain, team), tutor)
    return sheet_of(tutor, Month.present(), viewer=tutor)


@pytest.fixture
def empty(tutor):
    return sheet_of(tutor, Month.read("2024-11"), viewer=tutor)


def pages_of(sheet):
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_of(sheet)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def opened(sheet):
    return Document(io.BytesIO(word_sheet(sheet)))


def test_workbook_has_the_numbers_and_the_rows_behind_them(sheet):
    pages = pages_of(sheet)

    assert list(pages) == ["Табель тьютора", "Проверенные работы"]
    assert ["Работ", 1.0] in [row[:2] for row in pages["Табель тьютора"]]
    head, row = pages["Проверенные работы"]
    assert head[:4] == ["№", "Команда", "Занятие", "Версия"]
    assert row[1].startswith("Школа № 12, команда «=1+1")
    assert row[7] == "зачтено"


def test_moments_are_those_of_the_clock_of_the_course(sheet):
    _, row = pages_of(sheet)["Проверенные работы"]
    answered = sheet.answers[0].answered_at.astimezone(site_zone())

    assert isinstance(row[5], datetime)
    assert abs(row[5] - answered.replace(tzinfo=None)).total_seconds() < 60


def test_document_has_headings_rows_and_lines_to_sign(sheet):
    document = opened(sheet)

    styles = [(one.style.name, one.text) for one in document.paragraphs]
    assert ("Heading 1", "Итоги") in styles
    assert ("Heading 1", "Проверенные работы") in styles
    texts = [text for _, text in styles]
    assert any(text.startswith("Тьютор\t") for text in texts)
    assert any(text.startswith("Организатор\t") for text in texts)
    assert document.tables[1].rows[1].cells[7].text == "зачтено"


def test_page_of_the_document_is_a4(sheet):
    section = opened(sheet).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_empty_month_is_a_paper_with_noughts(empty):
    document, pages = opened(empty), pages_of(empty)

    assert [row.cells[1].text for row in document.tables[0].rows][1:3] == ["0", "0"]
    assert list(pages) == ["Табель тьютора"]


def test_page_leads_to_each_version(sign_in, sheet, tutor):
    (row,) = sheet.answers

    page = sign_in(tutor).get(f"/timesheets/{tutor.id}").text

    assert f'href="/submissions/{row.version.submission_id}/attempts/1/"' in page
    assert f"/timesheets/{tutor.id}.docx?month={sheet.month.key}" in page


def test_numbers_of_a_month_have_the_words_of_their_size(sign_in, sheet, tutor):
    page = sign_in(tutor).get(f"/timesheets/{tutor.id}").text

    found = re.findall(r'counts__number">(.+?)</span> (.+?)</a>', page)
    assert found[:2] == [("1", "работа"), ("1", "версия")]
    assert found[2:4] == [("0", "вторых чтений"), ("0", "вопросов о занятиях")]
    assert found[4] == ("0", "встреч")


def test_empty_month_says_so(sign_in, tutor):
    page = sign_in(tutor).get(f"/timesheets/{tutor.id}?month=2024-11").text

    assert "За этот месяц ничего нет" in page
    assert "декабрь 2024 →" in page


def test_tutor_without_a_list_goes_to_the_own_month(sign_in, tutor):
    answer = sign_in(tutor).get("/timesheets/?month=2024-11")

    assert answer.location == f"/timesheets/{tutor.id}?month=2024-11"


def test_lead_chooses_among_the_tutors_led(sign_in, cohort, tutor, tutor2, other_tutor):
    cohort.lead_id = tutor2.id

    browser = sign_in(tutor2)

    page = browser.get("/timesheets/").text
    assert tutor.full_name in page
    assert other_tutor.full_name not in page
    assert browser.get(f"/timesheets/{tutor.id}").status_code == 200
    assert browser.get(f"/timesheets/{other_tutor.id}").status_code == 404


def test_who_is_no_tutor_has_no_month(sign_in, admin):
    nobody = person("Никто", "nobody@example.org")

    assert sign_in(admin).get(f"/timesheets/{nobody.id}").status_code == 404
