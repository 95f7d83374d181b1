"""Moments as people read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lms.core.database import utcnow
from lms.core.language import NBSP, moment, until

MOSCOW = ZoneInfo("Europe/Moscow")


def test_moment_of_today_has_its_clock_alone(app):
    now = utcnow()
    clock = f"{now.astimezone(MOSCOW):%H:%M}"

    assert (moment(now), until(now)) == (f"сегодня в{NBSP}{clock}", clock)


@pytest.mark.parametrize("words", [moment, until])
def test_moment_of_another_day_has_its_day_by_the_clock_of_the_site(app, words):
    late = datetime(2020, 5, 14, 22, 5, tzinfo=UTC)

    assert words(late) == f"15{NBSP}мая{NBSP}2020, 01:05"
