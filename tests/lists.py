"""Lists of people as tests write them."""

import csv
import io

import xlsxwriter

HEADINGS = [
    "Школа",
    "Населённый пункт",
    "Регион",
    "Команда",
    "ФИО",
    "Почта",
    "Должность",
    "Капитан",
]
ANNA = "anna@school12.ru"
OLEG = "oleg@school12.ru"
SCHOOL = ["Школа № 12", "Новосибирск", "", "Опора"]


def line(name="Седова Анна", email=ANNA, position="учитель", captain="", *, team=None):
    """One line of a list, about the team «Опора» unless told."""
    return [*(team or SCHOOL), name, email, position, captain]


def people(*lines):
    """A list of two people, or of those given."""
    given = lines or (line(captain="да"), line("Орлов Олег", OLEG, "родитель"))
    return [HEADINGS, *given]


def as_csv(rows, *, separator=";", encoding="utf-8"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(*sheets):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return file.getvalue()
