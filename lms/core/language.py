"""Russian dates, numbers and plurals by CLDR."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app, has_request_context
from flask_login import current_user
from markupsafe import Markup

from lms.core.database import utcnow
from lms.core.names import initials, short_name

RU = Locale("ru")
NBSP = "\N{NO-BREAK SPACE}"
# A number and the ending of its word, between which browsers begin a new line.
ORDINAL = re.compile(r"(\d+-[а-яё]{1,3}\b)")
_readers_zone: ContextVar[str | None] = ContextVar("readers_zone", default=None)


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the number with the right form: «1 попытка, 2 попытки, 5 попыток»."""
    form = {"one": one, "few": few}.get(RU.plural_form(count), many)
    number = f"{count:,}".replace(",", NBSP)
    return f"{number}{NBSP}{form}"


def midnight(day: date) -> datetime:
    """Return the moment at which a day of the course begins."""
    return datetime.combine(day, time.min, site_zone())


@contextmanager
def read_in(zone: str | None) -> Iterator[None]:
    """Write for somebody who is not the one who looks, such as a letter's reader."""
    token = _readers_zone.set(zone)
    try:
        yield
    finally:
        _readers_zone.reset(token)


def local_zone() -> tzinfo:
    """Return the time zone of the person who looks, else that of the site."""
    if zone := _readers_zone.get():
        return ZoneInfo(zone)
    if has_request_context() and current_user.is_authenticated:
        return ZoneInfo(current_user.timezone)
    return site_zone()


def site_zone() -> tzinfo:
    """Return the time zone in which the days of every cohort begin and end."""
    return ZoneInfo(current_app.config["LMS_TIMEZONE"])


def today() -> date:
    """Return the day it is for the course; its calendars are kept in one zone."""
    return course_day(utcnow())


def day_of_asking() -> sa.BindParameter[date]:
    """Stand for the day on which a statement runs, whenever it was built."""
    return sa.bindparam(None, callable_=today, type_=sa.Date(), unique=True)


def course_day(value: datetime) -> date:
    """Return the day of a moment for the course, wherever somebody looks from."""
    return value.astimezone(site_zone()).date()


def day(value: date) -> str:
    """«15 мая», with the year when it is not this one."""
    skeleton = "d MMMM" if value.year == today().year else "d MMMM y"
    return format_date(value, skeleton, locale=RU).replace(" ", NBSP)


def full_day(value: date) -> str:
    """«26 мая 2028 года», for documents."""
    return format_date(value, "d MMMM y 'года'", locale=RU).replace(" ", NBSP)


def month(value: date) -> str:
    """«ноябрь 2026»."""
    return format_date(value, "LLLL y", locale=RU)


def moment(value: datetime) -> str:
    """«сегодня в 10:40», «14 мая, 18:20»."""
    return _day_and_clock(value, if_today=f"сегодня в{NBSP}")


def until(value: datetime) -> str:
    """«10:40», or «14 мая, 18:20» when that is another day: what follows «до»."""
    return _day_and_clock(value, if_today="")


def clock(value: datetime) -> str:
    """«10:40», where the day stands beside it."""
    return f"{value.astimezone(local_zone()):%H:%M}"


def _day_and_clock(value: datetime, *, if_today: str) -> str:
    """Write a moment for the person who looks, whose zone is asked once."""
    zone = local_zone()
    local, now = value.astimezone(zone), utcnow().astimezone(zone)
    before = if_today if local.date() == now.date() else f"{day(local.date())}, "
    return f"{before}{local:%H:%M}"


def named_day(value: date) -> str:
    """«сегодня, 29 ноября», «пятница, 27 ноября»: the head of what happened then."""
    days = (local_day(utcnow()) - value).days
    weekday = format_date(value, "EEEE", locale=RU)
    word = {0: "сегодня", 1: "вчера"}.get(days, weekday)
    return f"{word}, {day(value)}"


def local_day(value: datetime) -> date:
    """Return the day of a moment for the person who looks."""
    return value.astimezone(local_zone()).date()


def ago(value: datetime) -> str:
    """«3 дня», «5 часов», «меньше часа»: how long something has been waiting."""
    hours = int((utcnow() - value).total_seconds() // 3600)
    if hours < 1:
        return "меньше часа"
    if hours < 24:
        return plural(hours, "час", "часа", "часов")
    return plural(hours // 24, "день", "дня", "дней")


def file_size(size: int) -> str:
    """«340 КБ», «1,2 МБ»."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}{NBSP}КБ"
    number = format_decimal(round(size / 1024 / 1024, 1), locale=RU)
    return f"{number}{NBSP}МБ"


def capital(text: str) -> str:
    """«НКО», «Договор № 7-А»: only the first letter changes."""
    return text[:1].upper() + text[1:]


def unbroken(text: str) -> Markup:
    """Keep «2-е» on one line, in the letters that people search and copy."""
    whole = Markup('<span class="nobr">{}</span>')
    parts = enumerate(ORDINAL.split(text))
    return Markup("").join(whole.format(one) if at % 2 else one for at, one in parts)


def register_filters(app: Flask) -> None:
    """Give the templates every phrase of this module as a filter."""
    filters = (plural, day, full_day, month, moment, ago, file_size, initials)
    of_words = short_name, unbroken, capital
    for phrase in (*filters, *of_words, local_day, until, clock, named_day):
        app.add_template_filter(phrase)
