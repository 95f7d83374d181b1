"""Promises and steps as teams write them: taken apart where that is possible."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.monitoring.projects.lines import OfferedLine, lines_of

SINCE = date(2026, 11, 20)


def read(text):
    return lines_of(text, since=SINCE)


def test_row_of_a_table_says_who_what_and_when():
    text = """
        | Кто | Что сделает | К какому дню | Кому скажет |
        |---|---|---|---|
        | Пётр, тренер | покажет **занятие** для родителей | 5 декабря | всем |
        """

    assert read(text) == [
        OfferedLine("покажет занятие для родителей", "Пётр, тренер", date(2026, 12, 5))
    ]


def test_columns_of_a_table_are_known_by_their_heads():
    text = "| Срок | Дело | Кто |\n|--|--|--|\n| 3.02 | сведёт ответы | Лена |"

    assert read(text) == [OfferedLine("сведёт ответы", "Лена", date(2027, 2, 3))]


@pytest.mark.parametrize(
    ("line", "what", "who", "due_on"),
    [
        ("Анна — проведёт опрос — 3 декабря", "проведёт опрос", "Анна", (2026, 12, 3)),
        (
            "- Завуч: готовит стенд — до 20 января.",
            "готовит стенд",
            "Завуч",
            (2027, 1, 20),
        ),
        ("7 марта — первый вечер, Олег", "первый вечер", "Олег", (2027, 3, 7)),
        ("До 25.12.2026 — гараж освобождён", "гараж освобождён", "", (2026, 12, 25)),
        (
            "К 1 марта Алексей ставит будку",
            "К 1 марта Алексей ставит будку",
            "",
            (2027, 3, 1),
        ),
    ],
)
def test_line_is_read_in_each_way_in_which_it_is_written(line, what, who, due_on):
    assert read(line) == [OfferedLine(what, who, date(*due_on))]


@pytest.mark.parametrize(
    "line",
    ["Доска висит в учительской", "Декабрь — подсчёт, секретарь", "31 июня идём"],
)
def test_line_without_a_day_is_offered_as_it_is(line):
    assert read(line) == [OfferedLine(line)]


def test_paragraph_is_offered_sentence_by_sentence():
    text = "До 1 марта — ключи у троих, Роман. 7 мая — первый вечер, Олег."

    assert [line.who for line in read(text)] == ["Роман", "Олег"]


@given(st.text())
def test_no_text_is_too_odd(text):
    assert all(line.what for line in read(text))
