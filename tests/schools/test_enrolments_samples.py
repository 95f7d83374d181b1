"""Lists as they come from schools, forms and other programs, one of each kind."""

import io

import docx
import pytest
import xlsxwriter

from lms.core.errors import RuleError
from lms.schools.enrolments.plan import make_plan
from lms.schools.enrolments.tables import read_table
from lms.schools.teams.models import Position
from tests.lists import as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("cohort")

HEADINGS = [
    "Школа",
    "Населённый пункт",
    "Регион",
    "Команда",
    "ФИО",
    "Почта",
    "Кто для школы",
    "Капитан",
]
TEAM = ["Школа № 7", "Клин", "Московская область", "Маяк"]
ANNA = "Ромашкина Анна Петровна"
EMAIL = "romashkina@example.org"


def row(name=ANNA, email=EMAIL, position="учитель", captain="", *, team=TEAM):
    return [*team, name, email, position, captain]


def merged(rows, *areas):
    """A workbook in which areas of one column are merged."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
        for first, last, place in areas:
            sheet.merge_range(first, place, last, place, rows[first][place])
    return file.getvalue()


@pytest.fixture
def findings(cohort):
    """Return a function that gives the verdicts on a file."""
    return lambda content: make_plan(read_table(content).lines, cohort).findings


def entries(findings):
    assert not [found.reason for found in findings if found.entry is None]
    return [found.entry for found in findings]


def test_columns_that_participants_of_moodle_lack_are_asked_about():
    headings = ["First name", "Last name", "ID number", "Institution", "Email address"]
    content = as_csv([headings, ["Анна", "Ромашкина", "", "Школа № 7", EMAIL]])

    questions = read_table(content).headings.questions

    assert "«Населённый пункт», «Команда», «Кто для школы»" in questions[0]


def test_answers_of_a_form_are_read(findings):
    headings = [
        "ID",
        "Время создания",
        "Ваши фамилия, имя и отчество (полностью)",
        "Адрес электронной почты для связи",
        "Наименование образовательной организации по уставу",
        "Муниципальный район / городской округ",
        "Название вашей команды",
        "Ваша роль в школе (выберите один вариант)",
    ]
    answer = ["1", "2026-09-01", ANNA, EMAIL, "Школа № 7", "Клин", "Маяк", "Учитель"]

    (anna,) = entries(findings(as_csv([headings, answer], separator=",")))

    assert (anna.full_name, anna.email, anna.school) == (ANNA, EMAIL, "Школа № 7")
    assert (anna.municipality, anna.team) == ("Клин", "Маяк")
    assert anna.position is Position.TEACHER


def test_name_in_three_columns_is_joined(findings):
    headings = [*HEADINGS[:2], "Команда", "Фамилия", "Имя", "Отчество", *HEADINGS[5:7]]
    lines = [
        ["Школа № 7", "Клин", "Маяк", *ANNA.split(), EMAIL, "завуч"],
        ["Школа № 7", "Клин", "Маяк", "Липатов", "Олег", "", "oleg@x.org", "учитель"],
    ]

    people = entries(findings(as_csv([headings, *lines], encoding="cp1251")))

    assert [person.full_name for person in people] == [ANNA, "Липатов Олег"]


def test_list_of_a_school_with_title_numbers_and_total(findings):
    rows = [
        ["Список участников проекта, МБОУ СОШ № 7, 2026/2027 учебный год"],
        [],
        ["№ п/п", "Школа", "Населённый пункт", "Команда", "Ф.И.О.", "E-mail"],
        [1, "Школа № 7", "Клин", "Маяк", ANNA, EMAIL],
        [2, "Школа № 7", "Клин", "Маяк", "Липатов Олег", "lipatov@example.org"],
        [3, "Школа № 7", "Клин", "Маяк", "Иванова Мария", "ivanova@example.org"],
        ["", "ИТОГО", 3],
    ]
    rows[2] += ["Должность", "Телефон"]
    rows[3] += ["Заместитель директора по ВР", "+7 (900) 000-00-00"]
    rows[4] += ["учитель математики", 79000000001]
    rows[5] += ["педагог-организатор"]

    found = entries(findings(as_xlsx(rows)))

    positions = [entry.position for entry in found]
    assert positions == [Position.DEPUTY, Position.TEACHER, Position.TEACHER]


def test_merged_cells_count_for_each_of_their_lines(findings):
    names = [("Липатов Олег", "lipatov@x.org"), ("Иванова Мария", "ivanova@x.org")]
    others = [["", "", "", "", *person, "учитель", ""] for person in names]
    areas = [(1, 3, place) for place in range(4)]

    people = entries(findings(merged([HEADINGS, row(), *others], *areas)))

    assert {person.team_key for person in people} == {"школа7/клин/маяк"}
    assert {person.region for person in people} == {"Московская область"}


def test_schools_spelled_differently_are_asked_about(cohort):
    rows = [
        row(),
        row("Ли О", "a@x.org", team=["МБОУ «Школа №7»", "г. Клин", "МО", "Маяк"]),
        row("Ив М", "b@x.org", team=["школа 7", "Клин ", "Московская обл.", "маяк"]),
        row("Ан Н", "c@x.org", team=["Лицей № 7", "Клин", "", "Маяк"]),
    ]

    plan = make_plan(read_table(as_csv([HEADINGS, *rows])).lines, cohort)

    asked = [(twin.label, twin.other_label) for twin in plan.twins]
    assert asked == [("МБОУ «Школа №7», г. Клин", "Школа № 7, Клин")]


def test_headings_with_notes_and_line_breaks_are_read(findings):
    headings = list(HEADINGS)
    headings[1], headings[4] = "Населённый\nпункт", "ФИО\n(полностью)"
    headings[5], headings[6] = "Эл. почта *", "Кто для школы?"

    nobody, oleg = findings(as_xlsx([headings, row(email=""), row("Липатов Олег")]))

    assert nobody.reason == "нет почты"
    assert oleg.entry.full_name == "Липатов Олег"


def word_document():
    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body><table border=1><tr><td>1</td></tr></table>", "веб-страница"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:x:spreadsheet">', "виде XML"),
        (word_document(), "документ Word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "Word",
        ),
        (b"%PDF-1.7", "документ PDF"),
        (b"{\\rtf1", "документ Word"),
    ],
)
def test_file_that_is_not_what_it_says_is_called_so(content, words):
    with pytest.raises(RuleError, match=words):
        read_table(content)


@pytest.mark.parametrize("encoding", ["mac_cyrillic", "cp866", "cp1251", "utf-16"])
def test_list_is_read_in_the_encoding_of_any_program(findings, encoding):
    rows = [[cell.replace("№ ", "") for cell in cells] for cells in (HEADINGS, row())]

    (anna,) = entries(findings(as_csv(rows, encoding=encoding)))

    assert (anna.full_name, anna.school) == (ANNA, "Школа 7")


def test_open_quote_is_named_with_its_line():
    text = as_csv([HEADINGS, row(), row(email="b@x.org")]).decode()
    broken = text.replace("Маяк", '"Маяк', 1) + "\n".join(["а;б;в;г;д;е"] * 3)

    with pytest.raises(RuleError, match="Со строки 2 файл слипается"):
        read_table(broken.encode())
