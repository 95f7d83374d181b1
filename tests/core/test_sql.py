"""What each database works out in words of its own."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from lms.core.database import UtcDateTime
from lms.core.extensions import db
from lms.core.sql import weeks_between


@pytest.mark.parametrize(
    ("later", "week"),
    [
        ("2026-10-05 00:00", 0),
        ("2026-10-11 23:59", 0),
        ("2026-10-12 00:00", 1),
        ("2026-10-04 23:59", -1),
        ("2026-09-28 00:00", -1),
        ("2026-09-27 23:59", -2),
    ],
)
def test_week_before_a_moment_is_the_week_minus_one(app, later, week):
    moment, start = (
        datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Moscow"))
        for text in (later, "2026-10-05 00:00")
    )
    weeks = weeks_between(sa.literal(moment, UtcDateTime()), start)

    assert db.session.scalar(sa.select(weeks)) == week
