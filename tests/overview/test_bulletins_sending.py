"""The letter of the month: once, to coordinators, only when something changed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.core import jobs
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import today
from lms.identity.accounts.models import Role
from lms.identity.letters.models import DAILY, Letter
from lms.identity.letters.services import switch_off
from lms.overview.bulletins.contents import bulletin_of
from lms.overview.bulletins.sending import enqueue_bulletins
from lms.overview.bulletins.working_days import first_working_day
from lms.review.reviews.models import Review, Verdict
from lms.schools.meetings import services
from lms.schools.meetings.services import Arrangement
from lms.schools.territories.models import SchoolTerritory
from tests.conftest import count, letters
from tests.mentors import ask_for_help
from tests.pairs import pair_of


def this_month():
    return today().replace(day=1)


def month_before():
    return (this_month() - timedelta(days=1)).replace(day=1)


@pytest.fixture
def due(cohort, module):
    """A work that was due in the middle of the month before."""
    cohort.rows[0].due_on = month_before() + timedelta(days=14)
    db.session.commit()


@pytest.fixture
def judged(accepted, tutor):
    """The work of «Опора», accepted in this month."""
    facts = {"levels": [], "points": 9, "summary": "Хорошо."}
    attempt = accepted.attempts[0]
    review = Review(attempt=attempt, tutor=tutor, verdict=Verdict.ACCEPTED, **facts)
    db.session.add(review)
    db.session.commit()
    return review


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 12, 15), date(2026, 12, 1)),
        (date(2027, 1, 20), date(2027, 1, 11)),
        (date(2026, 8, 1), date(2026, 8, 3)),
        (date(2026, 5, 31), date(2026, 5, 4)),
    ],
)
def test_first_working_day(day, first):
    assert first_working_day(day) == first


def test_who_is_coordinator_no_more_when_the_letter_goes_gets_none(
    coordinator, due, team, cohort, tutor
):
    soon = Arrangement("Разбор", utcnow() + timedelta(days=2), 60, "Школа", "")
    services.create_meeting(cohort, team, soon, actor=tutor)
    enqueue_bulletins(today())
    coordinator.roles = frozenset({Role.TUTOR})
    cohort.tutors.append(coordinator)
    db.session.commit()

    assert letters() == []


def test_coordinator_gets_one_letter_of_a_month(coordinator, due, captain):
    for _ in range(2):
        enqueue_bulletins(today())

    [letter] = letters()

    assert (letter["to"], "Ваши школы" in letter["subject"]) == (
        coordinator.email,
        True,
    )
    assert "в этом месяце ждали 1" in letter["text"]
    assert "/progress/1.xlsx" in letter["text"]


def test_month_in_which_nothing_changed_has_no_letter(coordinator, module):
    enqueue_bulletins(today())

    assert letters() == []


def test_stuck_team_is_told_with_the_reason(coordinator, module, member):
    bulletin = bulletin_of(coordinator, this_month())

    [line] = bulletin.stuck
    assert line.startswith("«Опора», Школа № 12, Новосибирск: капитана нет")
    assert bulletin.has_new_stuck


def test_accepted_work_counts_in_its_month(coordinator, other_coordinator, judged):
    assert bulletin_of(coordinator, this_month()).accepted == 1
    assert bulletin_of(coordinator, month_before()).accepted == 0
    assert bulletin_of(other_coordinator, this_month()).accepted == 0


def test_school_that_moved_counts_where_it_was_at_the_end_of_the_month(
    coordinator, other_coordinator, judged, team, other_team
):
    """It moved on the first day of this month; the work was accepted before that."""
    stays = db.session.scalars(db.select(SchoolTerritory)).all()
    old, new = sorted(stays, key=lambda stay: stay.school_id != team.school_id)
    old.until = this_month()
    moved = {"school_id": team.school_id, "territory_id": new.territory_id}
    db.session.add(SchoolTerritory(**moved, since=this_month()))
    then = datetime(*month_before().timetuple()[:2], 20, tzinfo=UTC)
    db.session.execute(db.text("UPDATE review SET released_at = :at"), {"at": then})
    db.session.commit()

    assert bulletin_of(coordinator, month_before()).accepted == 1
    assert bulletin_of(other_coordinator, month_before()).accepted == 0


def test_meetings_ahead_are_those_of_her_schools(
    coordinator, other_coordinator, team, tutor
):
    soon = Arrangement("Разбор", utcnow() + timedelta(days=2), 60, "Школа", "")
    services.create_meeting(team.cohort, team, soon, actor=tutor)

    assert "Разбор" in bulletin_of(coordinator, this_month()).meetings[0]
    assert bulletin_of(other_coordinator, this_month()).meetings == []


def test_letter_has_a_switch_of_its_own(coordinator, due, captain):
    switch_off(coordinator, DAILY)
    enqueue_bulletins(today())
    switch_off(coordinator, [Letter.SCHOOLS])

    assert letters() == []
    assert Letter.SCHOOLS not in DAILY


def test_days_before_the_first_working_day_start_nothing(coordinator, due):
    jobs.handlers["bulletins"]({"day": "2026-08-01"})

    assert count(Job) == 0


def test_quiet_pair_alone_is_worth_a_letter(
    coordinator, team, other_team, captain, admin
):
    pair_of(team, other_team, admin, days_ago=200)

    enqueue_bulletins(today())

    [letter] = letters()
    assert f"Пара без мероприятий три месяца: {team.school.name} и" in letter["text"]
    assert "/pairs/" in letter["text"]


def test_request_that_nobody_has_answered_is_worth_a_letter(coordinator, captain):
    ask_for_help(captain, None, days_ago=8)
    before = len(letters())

    enqueue_bulletins(today())

    [letter] = letters()[before:]
    said = "Запросы к наставникам без ответа: 1\xa0запрос, дольше всех 8\xa0дней"
    assert said in letter["text"]
