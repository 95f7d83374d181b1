"""Numbers and public codes."""

from datetime import UTC, datetime

import pytest

from lms.core.extensions import db
from lms.outcomes.certificates.codes import (
    ALPHABET,
    is_number,
    new_code,
    read_code,
    read_number,
)
from lms.outcomes.certificates.codes import take_number as take

CODE = "K7QD-M2XP-4RTW-9HNC"


def test_code_is_read_back_as_it_was_made():
    code = new_code()

    assert read_code(code) == code
    assert set(code) <= {*ALPHABET, "-"}


def test_codes_differ():
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed",
    [
        "k7qd-m2xp-4rtw-9hnc",
        " K7QD M2XP 4RTW 9HNC ",
        "K7QDM2XP4RTW9HNC",
        "К7QD–М2ХР–4RТW–9НNС",  # Cyrillic К, М, Х, Р, Т, Н, С and dashes
        "https://example.org/verify/K7QD-M2XP-4RTW-9HNC/",
    ],
)
def test_code_is_understood_as_people_type_it(typed):
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "typed", ["", "K7QD", CODE + "A", "K7QD-M2XP-4RTW-9HN0", "Ы" * 16]
)
def test_what_is_no_code_is_told(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize("typed", ["ТС-2026-000001", "ts-2026-1", "№ ТС-2026-000001"])
def test_number_is_told_from_a_code(typed):
    assert is_number(typed)
    assert not is_number(CODE)


def test_number_in_an_address_is_read_back():
    assert read_number("TS-2026-000001") == "ТС-2026-000001"
    assert read_number("ТС-2026-000001") == "ТС-2026-000001"


def test_numbers_follow_each_other_within_a_year(app):
    moments = [datetime(year, 6, 1, tzinfo=UTC) for year in (2026, 2026, 2027)]

    numbers = [take(moment) for moment in moments]

    assert numbers == ["ТС-2026-000001", "ТС-2026-000002", "ТС-2027-000001"]


def test_new_year_comes_when_it_comes_to_the_course(app):
    last_hours_in_london = datetime(2026, 12, 31, 22, tzinfo=UTC)

    assert take(last_hours_in_london) == "ТС-2027-000001"


def test_number_that_was_not_committed_is_given_again(app):
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    take(moment)
    db.session.rollback()

    assert take(moment) == "ТС-2026-000001"
