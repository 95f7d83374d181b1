"""Moments as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lms.core.database import utcnow
from lms.core.language import NBSP, capital, moment, plural, unbroken, until

MOSCOW = ZoneInfo("Europe/Moscow")


def test_moment_of_today_has_its_clock_alone(app):
    now = utcnow()
    clock = f"{now.astimezone(MOSCOW):%H:%M}"

    assert (moment(now), until(now)) == (f"сегодня в{NBSP}{clock}", clock)


@pytest.mark.parametrize("words", [moment, until])
def test_moment_of_another_day_has_its_day_by_the_clock_of_the_site(app, words):
    late = datetime(2020, 5, 14, 22, 5, tzinfo=UTC)

    assert words(late) == f"15{NBSP}мая{NBSP}2020, 01:05"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 дней"),
        (21, "21 день"),
        (1_002, "1 002 дня"),
        (1_234_567, "1 234 567 дней"),
    ],
)
def test_number_stands_with_the_right_form_and_does_not_break(count, words):
    assert plural(count, "день", "дня", "дней") == words.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2-е полугодие", '<span class="nobr">2-е</span> полугодие'),
        ("до 10-го <b>", 'до <span class="nobr">10-го</span> &lt;b&gt;'),
        ("онлайн-встреча, 2026-27", "онлайн-встреча, 2026-27"),
    ],
)
def test_no_line_ends_within_an_ordinal(text, shown):
    assert unbroken(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("НКО", "НКО"), ("договор № 7-А", "Договор № 7-А"), ("", "")],
)
def test_capital_letters_behind_the_first_one_stay(text, shown):
    assert capital(text) == shown
