"""The words on a certificate."""

import pytest

from lms.outcomes.certificates.wording import (
    LESSONS,
    WORKS,
    counted,
    outcome,
    quoted,
    team_line,
)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (1, LESSONS, "одно занятие"),
        (2, LESSONS, "два занятия"),
        (9, LESSONS, "девять занятий"),
        (21, LESSONS, "21 занятие"),
        (1, WORKS, "одна зачтённая работа"),
        (2, WORKS, "две зачтённые работы"),
        (8, WORKS, "восемь зачтённых работ"),
        (11, WORKS, "11 зачтённых работ"),
        (22, WORKS, "22 зачтённые работы"),
    ],
)
def test_small_numbers_are_words(count, noun, words):
    assert counted(count, noun) == words


def test_whole_outcome():
    text = outcome(36, lessons=9, works=8, has_plan=True)

    expected = "девять занятий, восемь зачтённых работ, план развития школы"
    assert text == f"36{NBSP}часов: {expected}"


def test_what_was_not_done_is_not_named():
    assert (
        outcome(1, lessons=9, works=0, has_plan=False) == f"1{NBSP}час: девять занятий"
    )
    assert outcome(2, lessons=0, works=0, has_plan=False) == f"2{NBSP}часа"


@pytest.mark.parametrize(
    ("school", "words"),
    [
        ("Школа № 12", f"школа №{NBSP}12"),
        ("Лицей № 3", f"лицей №{NBSP}3"),
        ("МБОУ «СОШ № 12»", f"МБОУ «СОШ №{NBSP}12»"),
        ("Школа", "школа"),
    ],
)
def test_school_goes_on_inside_the_sentence(school, words):
    line = team_line("Опора", school, "Новосибирск")

    assert line == f"команда «Опора», {words}, Новосибирск"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Опора", "«Опора»"),
        ("«Опора»", "«Опора»"),
        ("Клуб «Опора»", "«Клуб „Опора“»"),
        ("«Мы» и «вы»", "«„Мы“ и „вы“»"),
    ],
)
def test_quotes_inside_quotes(title, words):
    assert quoted(title) == words
