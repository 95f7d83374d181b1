"""The matrix as a workbook: the same cells as on the page."""

import io
from typing import TYPE_CHECKING

from lms.core.workbooks import new_sheet, new_workbook
from lms.overview.progress.answers import Answers, Pace
from lms.overview.progress.matrix import Matrix, Row
from lms.overview.progress.people import PeopleGrid
from lms.overview.progress.questions import QuestionPace
from lms.work.credits.state import State

if TYPE_CHECKING:
    from xlsxwriter import Workbook

HEADINGS = ["Школа", "Населённый пункт", "Команда", "Тьютор", "Застряли"]
WIDTHS = [26, 18, 18, 24, 40]
CELL_WIDTH = 22
PACE_HEADINGS = [
    "Тьютор",
    "Занятие",
    "Работ или вопросов",
    "Медиана, ч",
    "90-й процентиль, ч",
]
QUESTIONS = "Вопросы о занятиях, все тьюторы"
# The washes of the page, as far as a state has one there.
COLOURS = {
    State.WAITING: "#E8F0F9",
    State.DISPUTED: "#E8F0F9",
    State.SECOND: "#E8F0F9",
    State.RETURNED: "#FBEAE7",
    State.ACCEPTED: "#E6F2EC",
}

PEOPLE_HEADINGS = ["Школа", "Населённый пункт", "Команда", "Участник", "Осталось"]
PEOPLE_WIDTHS = [26, 18, 18, 34, 16]

AWAITED = "ждём людей"


def headings_of(matrix: Matrix) -> list[str]:
    """Return the first line of the sheet."""
    return [*HEADINGS, *(column.short_label for column in matrix.columns)]


def lines_of(matrix: Matrix) -> list[list[str]]:
    """Return a line of texts for each team: who it is, then its cells."""
    return [
        [
            row.team.school.name,
            row.team.school.municipality,
            row.team.name,
            row.team.tutor.full_name if row.team.tutor else "",
            _standing(row),
            *(cell.text for cell in row.cells),
        ]
        for row in matrix.rows
    ]


def _standing(row: Row) -> str:
    if row.entry.is_awaited:
        return AWAITED
    return "; ".join(trouble.sentence for trouble in row.troubles)


def paces_of(
    answers: Answers, questions: QuestionPace | None = None
) -> list[list[str | float]]:
    """Return a line for each tutor and module, and one for questions about lessons."""
    lines: list[list[str | float]] = []
    for tutor in answers.tutors:
        paces = [("все занятия", tutor.total)]
        paces += [(column.short_label, pace) for column, pace in tutor.modules]
        lines += [[tutor.name, *_pace(title, pace)] for title, pace in paces]
    if questions and questions.pace:
        lines.append([QUESTIONS, *_pace("все занятия", questions.pace)])
    return lines


def _pace(title: str, pace: Pace) -> list[str | float]:
    hours = round(pace.median, 1), round(pace.ninetieth, 1)
    return [title, pace.works, *hours]


def people_lines(grid: PeopleGrid) -> list[list[str]]:
    """Return a line of texts for each person: who it is, how much is left, cells."""
    return [
        [
            row.team.school.name,
            row.team.school.municipality,
            row.team.name,
            row.user.full_name,
            row.left,
            *(cell.text for cell in row.cells),
        ]
        for row in grid.rows
    ]


def workbook_of(
    matrix: Matrix,
    people: PeopleGrid | None = None,
    answers: Answers | None = None,
    questions: QuestionPace | None = None,
) -> bytes:
    """Write both tables of the page, and between them the hours to the answer.

    Whoever only coordinates schools has the first table alone.
    """
    file = io.BytesIO()
    with new_workbook(file) as book:
        _write_matrix(book, matrix)
        if answers:
            _write_paces(book, paces_of(answers, questions))
        if people:
            _write_people(book, people)
    return file.getvalue()


def _write_matrix(book: "Workbook", matrix: Matrix) -> None:
    sheet = new_sheet(book, "Команды и занятия")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.write_row(0, 0, headings_of(matrix), bold)
    sheet.freeze_panes(1, len(HEADINGS))
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    last = len(HEADINGS) + len(matrix.columns)
    sheet.set_column(len(HEADINGS), last, CELL_WIDTH)
    looks = {
        state: book.add_format({"bg_color": colour} if colour else {})
        for state, colour in ((state, COLOURS.get(state)) for state in State)
    }
    lines = zip(lines_of(matrix), matrix.rows, strict=True)
    for number, (line, row) in enumerate(lines, start=1):
        formats = [None] * len(HEADINGS) + [looks[c.state] for c in row.cells]
        for place, (text, look) in enumerate(zip(line, formats, strict=True)):
            sheet.write(number, place, text, look)


def _write_paces(book: "Workbook", lines: list[list[str | float]]) -> None:
    sheet = new_sheet(book, "Сколько ждут ответа")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.write_row(0, 0, PACE_HEADINGS, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 4, 16)
    for number, line in enumerate(lines, start=1):
        sheet.write_row(number, 0, line)


def _write_people(book: "Workbook", grid: PeopleGrid) -> None:
    sheet = new_sheet(book, "Люди и условия")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    met = book.add_format({"bg_color": COLOURS[State.ACCEPTED]})
    labels = [column.label for column in grid.columns]
    sheet.write_row(0, 0, [*PEOPLE_HEADINGS, *labels], bold)
    sheet.freeze_panes(1, len(PEOPLE_HEADINGS))
    for place, width in enumerate([*PEOPLE_WIDTHS, *(CELL_WIDTH for _ in labels)]):
        sheet.set_column(place, place, width)
    lines = zip(people_lines(grid), grid.rows, strict=True)
    for number, (line, row) in enumerate(lines, start=1):
        looks = [None] * len(PEOPLE_HEADINGS)
        looks += [met if cell.is_met else None for cell in row.cells]
        for place, (text, look) in enumerate(zip(line, looks, strict=True)):
            sheet.write(number, place, text, look)
