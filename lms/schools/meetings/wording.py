"""How the day and the hour of a meeting are said."""

from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_skeleton

from lms.core.database import utcnow
from lms.core.language import RU, day, local_zone

NEAR = {0: "Сегодня", 1: "Завтра"}


def weekday(value: date) -> str:
    """«Среда»."""
    return format_date(value, "EEEE", locale=RU).capitalize()


def clock(value: datetime, zone: tzinfo | None = None) -> str:
    """«17:00» by the clock of who looks, or by that of a zone."""
    local = value.astimezone(zone or local_zone())
    return format_skeleton("Hm", local, locale=RU, tzinfo=local.tzinfo)


def dated(value: datetime, zone: tzinfo) -> str:
    """«среда, 25 ноября, 17:00», for letters: a later reader has another «завтра»."""
    on = value.astimezone(zone).date()
    return f"{weekday(on).lower()}, {day(on)}, {clock(value, zone)}"


def when(value: datetime, zone: tzinfo | None = None) -> str:
    """«Завтра, 17:00», «Среда, 17:00», «Среда, 25 ноября, 17:00»."""
    zone = zone or local_zone()
    on = value.astimezone(zone).date()
    ahead = (on - utcnow().astimezone(zone).date()).days
    if ahead in NEAR:
        return f"{NEAR[ahead]}, {clock(value, zone)}"
    # A week from now the same weekday would be taken for today's.
    if 1 < ahead < 7:
        return f"{weekday(on)}, {clock(value, zone)}"
    return f"{weekday(on)}, {day(on)}, {clock(value, zone)}"
