"""Files that people have: every encoding, separator and order of columns."""

import io
from itertools import permutations

import pytest
import xlsxwriter

from lms.core.errors import RuleError
from lms.schools.enrolments import files, tables
from lms.schools.enrolments.columns import COLUMNS
from lms.schools.enrolments.tables import read_table
from tests.lists import ANNA, HEADINGS, as_csv, as_xlsx, line, people

ENGLISH = [
    "School",
    "CITY",
    " Region ",
    "team_name",
    "Full name",
    "E-mail",
    "Position",
    "Captain",
]


def emails(content):
    return [line.cells["email"] for line in read_table(content).lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_csv_is_read(encoding, separator):
    content = as_csv(people(), encoding=encoding, separator=separator)

    table = read_table(content)

    assert [line.number for line in table.lines] == [2, 3]
    assert table.lines[0].cells["full_name"] == "Седова Анна"
    assert table.lines[0].cells["municipality"] == "Новосибирск"


def test_workbook_is_read():
    table = read_table(as_xlsx(people()))

    assert table.lines[1].number == 3
    assert table.lines[1].cells["full_name"] == "Орлов Олег"


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_headings_may_be_english(write):
    table = read_table(write([ENGLISH, line()]))

    assert set(table.lines[0].cells) == {column.key for column in COLUMNS}
    assert table.ignored == []


@pytest.mark.parametrize("order", list(permutations([0, 3, 4, 5]))[::3])
def test_columns_may_stand_in_any_order(order):
    places = [*order, 1, 2, 6, 7]

    content = as_csv([[row[place] for place in places] for row in people()])

    assert emails(content)[0] == ANNA


@pytest.mark.parametrize(
    "heading", ["населенный пункт", "НАСЕЛЁННЫЙ  ПУНКТ", " Населённый пункт: "]
)
def test_headings_forgive_case_spaces_and_yo(heading):
    headings = [heading if h == "Населённый пункт" else h for h in HEADINGS]

    table = read_table(as_csv([headings, line()]))

    assert table.lines[0].cells["municipality"] == "Новосибирск"


def test_columns_that_are_not_needed_are_named():
    table = read_table(as_csv([[*HEADINGS, "Телефон"], [*line(), "+7"]]))

    assert table.ignored == ["Телефон"]


def test_title_above_the_table_and_empty_lines_do_no_harm():
    rows = [["Список команд"], [], HEADINGS, [], line()]

    table = read_table(as_xlsx(rows))

    assert [line.number for line in table.lines] == [5]


def test_list_may_stand_on_another_sheet():
    assert emails(as_xlsx([["Пояснения"]], people()))[0] == ANNA


def test_numbers_are_read_as_people_see_them():
    rows = [HEADINGS, [12, *line()[1:7], True]]

    cells = read_table(as_xlsx(rows)).lines[0].cells

    assert (cells["school"], cells["captain"]) == ("12", "да")


def test_optional_columns_may_be_missing():
    rows = [[row[0], row[1], *row[3:7]] for row in people()]

    assert emails(as_csv(rows))[0] == ANNA


def test_what_nobody_sees_is_dropped():
    content = as_csv([HEADINGS, line("\u200bСедова\u00a0 Анна")])

    assert read_table(content).lines[0].cells["full_name"] == "Седова Анна"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "пустой"),
        (b"x" * (tables.LARGEST + 1), "больше 5 МБ"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "не таблица"),
        (b"PK\x03\x04 not a zip", "не открывается"),
        (as_csv([["Привет"], ["мир"]]), "не нашлась строка с заголовками"),
        (as_csv([HEADINGS]), "ни одной строки с людьми"),
        (as_csv([HEADINGS[:5], line()[:5]]), "не хватает столбцов: «Почта»"),
        (as_csv([HEADINGS, ["x" * 200_000]]), "Со строки 2 файл слипается"),
    ],
)
def test_wrong_file_is_refused_with_a_reason(content, words):
    with pytest.raises(RuleError, match=words):
        read_table(content)


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ([*HEADINGS, "e-mail"], "«Почта», «e-mail» об одном и том же"),
        ([*HEADINGS[:3], "Группа", *HEADINGS[4:]], "не хватает столбцов: «Команда»"),
        ([""] * 8, "не нашлась строка с заголовками"),
    ],
)
def test_unclear_column_is_asked_about(headings, words):
    table = read_table(as_csv([headings, line()]))

    assert words in table.headings.questions[0]


def test_list_that_is_too_long_is_refused():
    with pytest.raises(RuleError, match="больше 10 000 строк"):
        read_table(as_csv([HEADINGS, *[line()] * 10_001]))


def test_list_of_ten_thousand_is_read():
    assert len(read_table(as_csv([HEADINGS, *[line()] * 10_000])).lines) == 10_000


def test_small_file_that_asks_for_all_memory_is_refused():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1_048_575, 16_383, "далеко")

    with pytest.raises(RuleError, match="слишком велика"):
        read_table(file.getvalue())


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_file_with_more_cells_than_a_list_has_is_refused(write):
    with pytest.raises(RuleError, match="слишком велика"):
        read_table(write([HEADINGS, *[["да"] * 100] * 3_001]))


def test_small_file_that_unpacks_to_books_is_refused():
    with pytest.raises(RuleError, match="слишком велика"):
        read_table(as_xlsx([HEADINGS, *[["слово" * 1000] * 10] * 101]))


def test_one_table_is_read_at_a_time_and_the_others_are_told_to_wait(monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0)
    with files.CHILDREN, pytest.raises(RuleError, match="ещё раз через минуту"):
        read_table(as_xlsx(people()))

    assert len(read_table(as_xlsx(people())).lines) == 2


def test_missing_column_is_named_with_what_to_write_in_it():
    content = as_csv([HEADINGS[:5], line()[:5]])
    words = r"в каждой строке: «Почта» .*«Кто для школы» .*учитель"

    with pytest.raises(RuleError, match=words):
        read_table(content)


def test_people_on_two_sheets_are_not_halved():
    content = as_xlsx(people(), people(line("Ромашкина Анна", "r@example.org")))

    with pytest.raises(RuleError, match="на нескольких листах: «Sheet1», «Sheet2»"):
        read_table(content)


def test_hidden_sheet_with_an_old_list_is_left_out():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for rows in (people(line("Орлов Олег")), people(line())):
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.get_worksheet_by_name("Sheet1").hide()
        sheet.activate()

    assert read_table(file.getvalue()).lines[0].cells["full_name"] == "Седова Анна"


@pytest.mark.parametrize("school", ["ОУ", "Наименование ОО", "Полное наименование ОУ"])
def test_school_is_found_by_its_short_name(school):
    content = as_csv([[school, "Территория", *HEADINGS[2:]], line()])

    assert read_table(content).headings.questions == []


def test_koi8_is_read():
    content = as_csv([HEADINGS, line(team=["Школа 12", "Клин", "", "Опора"])])

    assert emails(content.decode().encode("koi8_r")) == [ANNA]
