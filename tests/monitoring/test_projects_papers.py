"""The three tables as Word and Excel get them."""

from io import BytesIO

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lms.monitoring.projects import tables
from tests.projects import add_risk, add_task, plan_event


@pytest.fixture
def url(team, captain):
    """A project with a row of each kind, one of which looks like a formula."""
    add_task(team, captain, planned="=1+1\x0bи ещё", correction="=2+2")
    plan_event(team, captain)
    add_risk(team, captain)
    return f"/projects/{team.id}"


def test_word_has_headings_captions_and_no_empty_cell(sign_in, tutor, url):
    made = sign_in(tutor).get(f"{url}/project.docx").data

    document = Document(BytesIO(made))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["Результаты", "Мероприятия", "Риски"]
    first, *rest = document.tables
    captions = [[cell.text for cell in one.rows[0].cells] for one in document.tables]
    assert captions == [list(tables.RESULTS), list(tables.EVENTS), list(tables.RISKS)]
    assert first.rows[1].cells[0].text.startswith("Задача 1. Узнать запросы\n")
    assert [cell.text for cell in rest[0].rows[1].cells][1:] == ["—"] * 3


def test_workbook_has_a_sheet_for_each_table_and_no_formula(sign_in, tutor, url):
    made = sign_in(tutor).get(f"{url}/project.xlsx").data

    book = CalamineWorkbook.from_filelike(BytesIO(made))
    assert book.sheet_names == ["Результаты", "Мероприятия", "Риски"]
    head, row = book.get_sheet_by_name("Результаты").to_python()
    assert head == list(tables.RESULTS)
    assert row == ["Задача 1. Узнать запросы\n=1+1\nи ещё", "—", "=2+2", "—"]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_project_that_has_not_begun_has_papers_too(sign_in, captain, team, ending):
    answer = sign_in(captain).get(f"/projects/{team.id}/project.{ending}")

    assert answer.status_code == 200
