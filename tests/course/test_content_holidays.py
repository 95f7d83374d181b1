"""Holidays in `course.md`."""

from datetime import date

import pytest

from lms.course.content.content import check_course
from lms.course.content.holidays import read_break
from tests.sample_module import CONSENT, COURSE

SUMMER, NEW_YEAR = "1 июля – 31 августа", "30 декабря – 8 января"


def course(*holidays):
    lines = "".join(f"  - {text}\n" for text in holidays)
    text = COURSE.replace("calendars:\n", f"holidays:\n{lines}calendars:\n")
    files = {"course.md": text.encode(), "consent.md": CONSENT.encode()}
    return check_course(files, module_url=str, known_slugs=["proba"])


def test_holidays_are_read():
    report = course(SUMMER, NEW_YEAR)

    assert report.problems == []
    assert report.course.breaks == [read_break(SUMMER), read_break(NEW_YEAR)]


def test_course_may_have_no_holidays():
    files = {"course.md": COURSE.encode(), "consent.md": CONSENT.encode()}

    report = check_course(files, module_url=str, known_slugs=["proba"])

    assert report.course.breaks == []


@pytest.mark.parametrize(
    ("holidays", "message"),
    [
        ("летом", "каникулы «летом»: напишите первый и последний день так"),
        ("31 июня – 5 июля", "дня «31 июня» нет"),
        ("1 июль – 31 августа", "месяца «июль» нет"),
        ("1 января – 31 августа", "каникулы занимают 244 дней из 366"),
        ("7", "нужен текст"),
        ("", "пусто"),
    ],
)
def test_mistake_in_holidays_is_found_at_its_line(holidays, message):
    report = course(holidays)

    [mistake] = report.errors
    assert message in mistake.message
    assert mistake.line in {8, 9}
    assert report.course is None


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        (SUMMER, ["2027-07-01", "2030-08-31"], ["2027-06-30", "2027-09-01"]),
        (NEW_YEAR, ["2026-12-30", "2027-01-08"], ["2026-12-29", "2027-01-09"]),
        ("23 февраля - 23 февраля", ["2027-02-23"], ["2027-02-24"]),
    ],
)
def test_holidays_come_every_year(text, inside, outside):
    found = read_break(text)

    assert all(found.holds(date.fromisoformat(day)) for day in inside)
    assert not any(found.holds(date.fromisoformat(day)) for day in outside)
