"""15 January, 20 May and 1 June in the calendars of coordinators and of schools."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import vobject

from lms.core.extensions import db
from lms.core.periods import SchoolYear
from lms.monitoring.indicators.asking import answer_of
from lms.monitoring.indicators.choosing import settle_indicators
from lms.monitoring.indicators.models import Indicator, Source
from lms.monitoring.reports import services
from lms.monitoring.reports.scope import Scope
from lms.overview.agenda import addresses
from lms.overview.agenda.deadlines import deadlines_of
from lms.overview.digest.contents import digest_of
from lms.overview.digest.deadlines import lines_of_deadlines
from lms.overview.home.schools import my_schools
from tests.measurements import measure, school_in

YEAR = SchoolYear.starting(2026)
AUTUMN, SPRING, JUNE = date(2027, 1, 15), date(2027, 5, 20), date(2027, 6, 1)


@pytest.fixture
def come(monkeypatch, cohort):
    """Return a function that sets the clock to noon of a day."""
    cohort.starts_on = YEAR.starts_on
    db.session.commit()

    def to(year, month, day):
        noon = datetime(year, month, day, 9, tzinfo=UTC)
        monkeypatch.setattr("lms.core.language.utcnow", lambda: noon)

    to(2026, 10, 20)
    return to


@pytest.fixture
def asked(app):
    """The indicators that schools are asked."""
    settle_indicators()
    every = db.session.scalars(sa.select(Indicator).filter_by(source=Source.SCHOOL))
    return every.all()


def answer(school, asked, author):
    for one in asked:
        measure(school, one, 3, 9 if one.denominator_text else None, author=author)


def states_of(user):
    return {one.day: one.state for one in deadlines_of(user)}


def test_coordinator_and_captain_have_the_three_days_of_the_year(
    come, asked, coordinator, captain, member, tutor
):
    for user in (coordinator, captain):
        assert [one.day for one in deadlines_of(user)] == [AUTUMN, SPRING, JUNE]
    for user in (member, tutor):
        assert deadlines_of(user) == []


def test_coordinator_reads_how_many_schools_have_sent(
    come, asked, cohort, territory, coordinator, captain, team
):
    school_in(territory, cohort, "Школа № 7")
    assert states_of(coordinator)[AUTUMN] == "прислали 0 из 2"
    # Nobody is asked about spring yet.
    assert states_of(coordinator)[SPRING] == ""

    answer(team.school, asked, captain)
    assert states_of(coordinator)[AUTUMN] == "прислали 1 из 2"

    come(2027, 1, 16)
    assert [one.day for one in deadlines_of(coordinator) if one.is_late] == [AUTUMN]


def test_captain_reads_what_is_left_to_do(come, asked, captain, team):
    come(2027, 1, 12)
    assert states_of(captain)[AUTUMN] == "осталось 3\xa0дня"

    answer(team.school, asked, captain)
    autumn = deadlines_of(captain)[0]
    assert (autumn.state, autumn.is_pending) == ("присланы", False)
    assert answer_of(team.school, YEAR.halves[0]).missing == 0


def test_report_is_named_until_closed(come, coordinator, captain, territory, team):
    come(2027, 6, 5)
    assert states_of(coordinator)[JUNE] == "не закрыт: Новосибирск"
    assert states_of(captain)[JUNE] == "просрочено на 4\xa0дня"

    services.close(Scope(YEAR, None, territory=territory), actor=coordinator)
    services.close(Scope(YEAR, None, school=team.school), actor=captain)

    assert states_of(coordinator)[JUNE] == states_of(captain)[JUNE] == "закрыт"


def test_school_that_takes_no_part_has_no_days(come, asked, coordinator, captain, team):
    team.cohort.starts_on = date(2027, 9, 1)
    db.session.commit()

    assert deadlines_of(coordinator) == deadlines_of(captain) == []


def test_page_shows_them_beside_the_days_of_every_cohort_but_not_of_one(
    come, asked, sign_in, coordinator, cohort
):
    browser = sign_in(coordinator)
    page = browser.get("/agenda/").text
    assert ">1-е</span> полугодие 2026/27" in page
    assert 'href="/indicators/?period=2026-09-01"' in page
    assert "Годовой отчёт за 2026/27" in page

    assert "Годовой отчёт" not in browser.get(f"/agenda/?cohort={cohort.id}").text


def test_late_numbers_stand_on_top_of_the_page(come, asked, sign_in, captain):
    come(2027, 1, 20)

    page = sign_in(captain).get("/agenda/").text

    assert "просрочено на 5\xa0дней. Срок был 15\xa0января" in page
    assert (
        'href="/indicators/' in page.partition('id="overdue"')[2].partition("</ul>")[0]
    )


def test_other_programs_read_them(come, asked, guest, coordinator, captain, team):
    for user in (coordinator, captain):
        addresses.give_address(user)
        url = addresses.link_of(user).split("8000", 1)[1]
        calendar = vobject.readOne(guest.get(url).text)
        calendar.validate()
        days = {e.dtstart.value: e for e in calendar.vevent_list}
        assert {AUTUMN, SPRING, JUNE} <= set(days)
        assert days[AUTUMN].summary.value.startswith("Срок: Показатели школ")
        assert days[AUTUMN].valarm_list
    addresses.give_address(team)
    url = addresses.link_of(team).split("8000", 1)[1]
    assert "numbers-" not in guest.get(url).text


def test_nearest_dates_of_my_schools_hold_them(come, asked, coordinator):
    come(2027, 1, 5)

    assert AUTUMN in [one.day for one in my_schools(coordinator).dates]


def test_statements_do_not_grow_with_schools(
    come, asked, cohort, territory, coordinator, count_statements
):
    with count_statements() as before:
        deadlines_of(coordinator)
    for number in range(5):
        school_in(territory, cohort, f"Школа № {number}")
    with count_statements() as after:
        deadlines_of(coordinator)

    assert len(after) == len(before)


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (11, []),
        (12, ["осталось 3\xa0дня", "прислали 0 из 1"]),
        (15, ["срок сегодня", "прислали 0 из 1"]),
        (16, ["просрочено на 1\xa0день", "прислали 0 из 1"]),
        (17, []),
    ],
)
def test_letter_of_the_day_names_them_before_it_is_too_late(
    come, asked, captain, coordinator, day, lines
):
    come(2027, 1, day)

    told = [line for one in (captain, coordinator) for line in lines_of_deadlines(one)]

    assert [line.text.partition(" — ")[2] for line in told] == lines


def test_letter_names_nothing_that_was_sent(come, asked, captain, team):
    answer(team.school, asked, captain)
    come(2027, 1, 15)

    assert lines_of_deadlines(captain) == []
    assert "Показатели" not in str(digest_of(captain, unwanted=[]))


def test_letter_costs_no_statement_on_other_days(come, captain, count_statements):
    with count_statements() as sent:
        lines_of_deadlines(captain)

    assert sent == []


def test_letter_of_the_day_has_them(come, asked, captain):
    come(2027, 1, 15)

    assert "Показатели школы за 1-е полугодие" in str(digest_of(captain, unwanted=[]))
