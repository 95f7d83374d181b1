"""The hour of a release in words, always by the clock of the course."""

from datetime import datetime, timedelta

from babel.dates import format_skeleton

from lms.core.language import RU, course_day, day, plural, site_zone
from lms.identity.accounts.timezones import course_clock


def hour_in_words(moment: datetime) -> str:
    """«3 декабря в 09:00, Москва (МСК)»."""
    local = moment.astimezone(site_zone())
    clock = format_skeleton("Hm", local, locale=RU, tzinfo=local.tzinfo)
    return f"{day(course_day(moment))} в {clock}, {course_clock()}"


def delay_in_words(delay: timedelta) -> str:
    """«25 мин», «3 ч», «2 дня»."""
    minutes = int(delay.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} мин"
    hours = minutes // 60
    return f"{hours} ч" if hours < 48 else plural(hours // 24, "день", "дня", "дней")
