"""The course in `content/` is whole: checked as for publishing, every file opened."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from lms.course.content.content import check_content
from lms.text.drawing import draw

CONTENT = Path(__file__).parent.parent.parent / "content"
FOLDERS = sorted(path for path in CONTENT.iterdir() if re.match(r"\d\d-", path.name))
DOCUMENTS = sorted(CONTENT.glob("*/media/*.docx"))
WORKBOOKS = sorted(CONTENT.glob("*/media/*.xlsx"))
DRAWINGS = sorted(CONTENT.glob("*/media/*.svg"))
COLOURS = CONTENT.parent / "static" / "css" / "blocks" / "drawing.css"
REQUIRED = [1, 2, 3, 4, 5, 6, 7, 9]
CLOSING = "Что почитать"


@pytest.fixture(scope="module")
def report():
    return check_content(CONTENT)


@pytest.fixture(scope="module")
def modules(report):
    return {module.order: module for module in report.modules}


def each_folder():
    return pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)


def test_course_has_neither_errors_nor_warnings(report):
    assert [str(problem) for problem in report.problems] == []


@pytest.mark.parametrize("form", ["a", "b"])
def test_form_of_the_diagnostics_asks_twice_about_every_module(report, form):
    items = report.diagnostics.form(form)

    asked = Counter(item.module_slug for item in items)
    assert asked == dict.fromkeys((m.slug for m in report.modules), 2)


@pytest.mark.parametrize("form", ["a", "b"])
def test_nothing_but_knowing_leads_to_a_right_answer(report, form):
    items = report.diagnostics.form(form)
    longest = [max(range(4), key=lambda n, i=i: len(i.options[n])) for i in items]

    assert Counter(item.correct for item in items) == dict.fromkeys(range(4), 5)
    assert sum(i.correct == n for i, n in zip(items, longest, strict=True)) <= 8


def test_answers_of_a_pair_stand_in_different_places(report):
    pairs = zip(*map(report.diagnostics.form, "ab"), strict=True)

    assert all(first.correct != second.correct for first, second in pairs)


def test_surveys_of_the_course_can_be_compared(report):
    middle, end = report.surveys

    assert (middle.after_module, end.after_module) == ("nastavnichestvo", "endaument")
    shared = {scale.key: scale for scale in middle.scales}
    repeated = [scale for scale in end.scales if scale.key in shared]
    assert len(repeated) >= 3
    assert all(shared[scale.key] == scale for scale in repeated)


def test_course_has_an_introduction_and_nine_modules(modules):
    assert sorted(modules) == list(range(10))


def test_what_counts_is_what_the_source_gives_a_window(modules):
    counted = [n for n, m in modules.items() if m.assignment and m.assignment.required]

    assert sorted(counted) == REQUIRED
    assert all(modules[number].assignment.by == "team" for number in REQUIRED)
    assert modules[0].assignment.by == "person"


def test_sections_of_the_plan_are_different(modules):
    sections = [m.assignment.plan_section for n, m in modules.items() if n]

    assert len(set(sections)) == 9


def test_no_two_assignments_ask_the_same(modules):
    labels = [field.label for m in modules.values() for field in m.assignment.fields]

    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("number", range(10))
def test_module_is_complete(modules, number):
    module = modules[number]

    assert 4 <= len(module.assignment.rubric) <= 8 or number == 0
    assert 8 <= len(module.quiz.questions) <= 12
    assert len(module.tutor.remarks) >= 5
    assert {sample.verdict for sample in module.tutor.samples} == {
        "accepted",
        "returned",
    }
    assert module.documents


@pytest.mark.parametrize("number", range(10))
def test_lesson_has_its_parts(modules, number):
    lesson = modules[number].lesson

    assert 5 <= len([entry for entry in lesson.toc if entry.title]) - 2 <= 7
    assert lesson.toc[-1].title == CLOSING
    assert lesson.html.count("<figure>") >= 2
    assert "<table" in lesson.html
    assert "note--example" in lesson.html
    assert "note--team" in lesson.html


@each_folder()
def test_every_right_answer_is_not_in_one_place(folder, modules):
    quiz = modules[int(folder.name[:2])].quiz
    places = {tuple(sorted(question.right)) for question in quiz.questions}

    assert len(places) > 2


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_word_document_opens_on_a4(path):
    document = Document(BytesIO(path.read_bytes()))

    sides = {round(s.page_width.mm) for s in document.sections}
    assert sides <= {210, 297}
    assert any(paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_workbook_opens_and_is_filled(path):
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))

    for name in book.sheet_names:
        assert book.get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_drawing_is_drawn_in_the_page_in_colours_of_the_site(path):
    coloured = set(re.findall(r"\.(drawing\w*)", COLOURS.read_text(encoding="utf-8")))

    page = draw(path.read_bytes(), "")

    used = {
        name for names in re.findall(r' class="(.*?)"', page) for name in names.split()
    }
    assert used <= coloured
    assert page.count("<text") == path.read_text(encoding="utf-8").count("<text")


def test_there_is_a_tool_for_every_module():
    folders = {path.parent.parent.name for path in [*DOCUMENTS, *WORKBOOKS]}

    assert folders == {folder.name for folder in FOLDERS}


def hours_of(table, who):
    """Read a row of a table of hours: reading, meetings, doing, all of it."""
    row = re.search(rf"^\| {who} \|(.*)\|$", table, re.MULTILINE)[1]
    return [float(cell.replace(",", ".")) for cell in row.split("|")]


@pytest.mark.parametrize("who", ["Капитан", "Участник"])
def test_front_page_sums_the_hours_of_the_lessons(who):
    lessons = [
        (folder / "lesson.md").read_text().partition("**Сколько это займёт**")[2]
        for folder in FOLDERS
    ]
    eighth = f"{who}, без задания"
    rows = [hours_of(text, eighth if eighth in text else who) for text in lessons]

    promised = hours_of((CONTENT / "course.md").read_text(), who)

    assert [sum(column) for column in zip(*rows, strict=True)] == promised
    assert all(sum(row[:3]) == row[3] for row in [*rows, promised])
