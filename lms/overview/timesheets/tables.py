"""The sheet as tables for paper: the same for Word and for Excel."""

from lms.core.tables import Table, Value
from lms.overview.progress.answers import Pace, spell_hours
from lms.overview.timesheets.sheet import Sheet

WORKS = "Проверенные работы"
READINGS = "Второе чтение"
QUESTIONS = "Вопросы о занятиях"
MEETINGS = "Встречи"


def numbers_of(sheet: Sheet) -> list[tuple[str, Value]]:
    """Return what a tutor is paid by, in the words of the page."""
    return [
        ("Работ", sheet.works),
        ("Версий этих работ", len(sheet.answers)),
        ("Прочитано вторым или заново", len(sheet.readings)),
        ("Встреч", len(sheet.meetings)),
        *_pace("ответов", sheet.pace),
        ("Вопросов о занятиях", len(sheet.questions)),
        *_pace("ответов на вопросы", sheet.question_pace),
    ]


def _pace(what: str, pace: Pace | None) -> list[tuple[str, Value]]:
    return [
        (f"Половина {what} за", spell_hours(pace.median) if pace else "–"),
        (f"9 из 10 {what} за", spell_hours(pace.ninetieth) if pace else "–"),
    ]


def tables_of(sheet: Sheet) -> list[Table]:
    """Return the rows behind each number; what is empty is not there."""
    works, others = (_answers, _readings), (_questions, _meetings)
    tables = [table_of(sheet) for table_of in (*works, *others)]
    return [table for table in tables if table.rows]


def _answers(sheet: Sheet) -> Table:
    columns = {
        "№": 5,
        "Команда": 28,
        "Занятие": 26,
        "Версия": 8,
        "Отправлена": 13,
        "Ответ": 13,
        "Часов": 8,
        "Решение": 14,
    }
    rows = [
        (
            place,
            row.version.owner,
            row.version.lesson,
            row.version.number,
            row.sent_at,
            row.answered_at,
            round(row.hours, 1),
            row.verdict,
        )
        for place, row in enumerate(sheet.answers, 1)
    ]
    return Table(WORKS, columns, rows)


def _readings(sheet: Sheet) -> Table:
    columns = {
        "№": 5,
        "Команда": 28,
        "Занятие": 26,
        "Версия": 8,
        "Зачем": 14,
        "Прочитана": 13,
        "Вывод": 14,
    }
    rows = [
        (
            place,
            row.version.owner,
            row.version.lesson,
            row.version.number,
            row.kind,
            row.read_at,
            row.verdict,
        )
        for place, row in enumerate(sheet.readings, 1)
    ]
    return Table(READINGS, columns, rows)


def _questions(sheet: Sheet) -> Table:
    columns = {
        "№": 5,
        "Команда": 28,
        "Занятие": 26,
        "Задан": 13,
        "Ответ": 13,
        "Часов": 8,
    }
    rows = [
        (
            place,
            row.owner,
            row.lesson,
            row.asked_at,
            row.answered_at,
            round(row.hours, 1),
        )
        for place, row in enumerate(sheet.questions, 1)
    ]
    return Table(QUESTIONS, columns, rows)


def _meetings(sheet: Sheet) -> Table:
    columns = {"№": 5, "Встреча": 30, "С кем": 34, "Начало": 14, "Минут": 8}
    rows = [
        (place, one.title, one.audience, one.starts_at, one.minutes)
        for place, one in enumerate(sheet.meetings, 1)
    ]
    return Table(MEETINGS, columns, rows)
