"""The month of a tutor: what counts, where it ends, and that it stays as it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.overview import lines_of
from lms.overview.timesheets.sheet import KEPT, sheet_of
from lms.review.moderation.models import Kind, Reading
from lms.review.moderation.services import release_opinion
from lms.review.reviews.deciding import decide
from lms.review.reviews.models import Cause, Review, Verdict
from lms.review.reviews.reversals import accept_after_all
from lms.schools.meetings.models import Meeting
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.submissions.models import Attempt
from tests.conftest import save
from tests.works import accept, crowd, judged, send, send_back

NOVEMBER, DECEMBER = Month(date(2024, 11, 1)), Month(date(2024, 12, 1))
# Midnight in Moscow between the two.
EDGE = datetime(2024, 11, 30, 21, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def put(row, moment, **others):
    """Let a review or an opinion have been released at a moment."""
    table = type(row).__table__
    mine = next(column == getattr(row, column.key) for column in table.primary_key)
    db.session.execute(
        sa.update(table).where(mine).values(released_at=moment, **others)
    )
    db.session.commit()
    db.session.expire_all()
    return row


def met(tutor, cohort, starts_at, **facts):
    """Let a meeting have been called."""
    facts = {"title": "Встреча пар", "minutes": 60} | facts
    called = {"created_by_id": tutor.id, "starts_at": starts_at}
    return save(Meeting(cohort=cohort, **facts, **called))


def counted(tutor, month, viewer):
    sheet = sheet_of(tutor, month, viewer=viewer)
    numbers = sheet.works, len(sheet.answers), len(sheet.readings)
    return (*numbers, len(sheet.meetings))


@pytest.mark.parametrize(
    ("key", "label"),
    [("2024-02", "февраль 2024"), ("2023-12", "декабрь 2023")],
)
def test_month_is_read_from_the_address(app, key, label):
    assert Month.read(key).label == label


@pytest.mark.parametrize(
    "key", ["", "2026-13", "2099-01", "вчера", "2026-1", "0000-01"]
)
def test_another_thing_is_the_present_month(app, key):
    assert Month.read(key) == Month.present()


def test_month_ends_at_midnight_of_the_course(
    module, captain, team, other, other_team, tutor, admin
):
    put(accept(send(module, captain, team), tutor), EDGE - SECOND)
    put(send_back(send(module, other, other_team), tutor), EDGE)

    teams = [
        [row.version.owner for row in sheet_of(tutor, month, viewer=admin).answers]
        for month in (NOVEMBER, DECEMBER)
    ]

    assert teams == [
        ["Школа № 12, команда «Опора»"],
        ["Лицей № 3, команда «Мост»"],
    ]


def test_two_versions_of_a_work_are_one_work(module, captain, team, tutor):
    put(send_back(send(module, captain, team), tutor), EDGE - 2 * SECOND)
    put(accept(send(module, captain, team, pary="Иначе."), tutor), EDGE - SECOND)

    sheet = sheet_of(tutor, NOVEMBER, viewer=tutor)

    assert (sheet.works, len(sheet.answers)) == (1, 2)
    rows = [(row.version.number, row.verdict) for row in sheet.answers]
    assert rows == [(1, "на доработку"), (2, "зачтено")]


def test_hours_are_those_that_the_team_waited(module, captain, team, tutor):
    attempt = send(module, captain, team)
    table = Attempt.__table__
    sent = sa.update(table).values(sent_at=EDGE - timedelta(hours=30))
    db.session.execute(sent)
    put(accept(attempt, tutor), EDGE - timedelta(hours=5))

    sheet = sheet_of(tutor, NOVEMBER, viewer=tutor)

    assert [row.hours for row in sheet.answers] == [25]
    assert (sheet.pace.median, sheet.pace.ninetieth) == (25, 25)


def test_withdrawn_version_is_not_counted_in_the_number(module, captain, team, tutor):
    taken_back = send(module, captain, team)
    withdraw_attempt(taken_back.submission, taken_back.number, member=captain)
    put(accept(send(module, captain, team), tutor), EDGE - SECOND)

    (row,) = sheet_of(tutor, NOVEMBER, viewer=tutor).answers

    assert (row.version.attempt_number, row.version.number) == (2, 1)


def test_verdict_that_may_still_be_undone_is_not_counted(
    app, module, captain, team, tutor
):
    app.config["LMS_UNDO_SECONDS"] = 60
    attempt = send(module, captain, team)
    decide(attempt, judged(), verdict=Verdict.ACCEPTED, tutor=tutor)

    assert sheet_of(tutor, Month.present(), viewer=tutor).is_empty


def test_past_month_stays_as_it_was(module, captain, team, tutor, tutor2, admin):
    returned = put(send_back(send(module, captain, team), tutor), EDGE - SECOND)
    before = sheet_of(tutor, NOVEMBER, viewer=admin).answers

    accept_after_all(returned, cause=Cause.APPEAL, words="Верно.", actor=tutor2)
    db.session.commit()

    assert sheet_of(tutor, NOVEMBER, viewer=admin).answers == before
    assert before[0].verdict == "на доработку"


def test_meetings_count_when_they_are_over(cohort, tutor, tutor2):
    met(tutor, cohort, EDGE - timedelta(hours=3))
    met(tutor, cohort, EDGE - SECOND, cancelled_at=EDGE - timedelta(days=1))
    met(tutor, cohort, EDGE)
    met(tutor2, cohort, EDGE - SECOND)
    now = utcnow()
    met(tutor, cohort, now - timedelta(minutes=1))

    sheet = sheet_of(tutor, NOVEMBER, viewer=tutor)

    started = [one for one in sheet.meetings if one.starts_at <= EDGE - SECOND]
    assert [one.starts_at for one in started] == [EDGE - timedelta(hours=3)]
    assert all(one.is_over for one in sheet.meetings)


@pytest.fixture
def to_read(module, captain, team, tutor):
    """A review that a second reader is to read after."""
    review = accept(send(module, captain, team), tutor)
    revision = module.current_revision
    facts = {"revision": revision, "rubric_hash": revision.rubric_hash}
    return save(Reading(review=review, kind=Kind.SECOND, **facts))


def test_second_reading_is_counted_for_the_reader(to_read, tutor, tutor2):
    put(release_opinion(to_read, judged(), reader=tutor2), EDGE - SECOND)

    (row,) = sheet_of(tutor2, NOVEMBER, viewer=tutor2).readings

    assert (row.kind, row.verdict) == ("второе чтение", "зачтено")
    assert counted(tutor, NOVEMBER, tutor)[2] == 0


def test_lead_who_may_read_second_is_not_told_the_first_decision(
    to_read, cohort, tutor, tutor2, admin
):
    cohort.lead_id = tutor2.id
    db.session.commit()

    def verdicts(viewer):
        sheet = sheet_of(tutor, Month.present(), viewer=viewer)
        return [row.verdict for row in sheet.answers]

    assert [verdicts(who) for who in (tutor, admin, tutor2)] == [
        ["зачтено"],
        ["зачтено"],
        [KEPT],
    ]
    release_opinion(to_read, judged(), reader=tutor2)
    assert verdicts(tutor2) == ["зачтено"]


def test_lead_sees_of_others_only_the_cohort_led(
    module, captain, team, cohort, tutor, tutor2
):
    accept(send(module, captain, team), tutor)
    assert counted(tutor, Month.present(), tutor2) == (0, 0, 0, 0)

    cohort.lead_id = tutor2.id
    db.session.commit()

    assert counted(tutor, Month.present(), tutor2) == (1, 1, 0, 0)


def test_list_has_the_numbers_of_the_sheets(
    to_read, cohort, module, other, other_team, tutor, tutor2, admin
):
    put(to_read.review, EDGE - SECOND)
    put(send_back(send(module, other, other_team), tutor), EDGE - SECOND)
    put(release_opinion(to_read, judged(), reader=tutor2), EDGE - SECOND)
    met(tutor2, cohort, EDGE - timedelta(hours=2))

    lines = {line.tutor.id: line for line in lines_of(NOVEMBER, viewer=admin)}

    for person in (tutor, tutor2):
        line = lines[person.id]
        numbers = line.works, line.versions, line.readings, line.meetings
        assert numbers == counted(person, NOVEMBER, admin)
    assert lines[tutor.id].works == 2


def test_month_of_300_works_costs_the_same(
    module, cohort, captain, tutor, count_statements
):
    works = crowd(module, cohort, captain, 300)
    levels = {"levels": [], "points": 0, "summary": "-", "verdict": Verdict.ACCEPTED}
    for work in works:
        attempt = work.attempts[0]
        db.session.add(Review(attempt=attempt, tutor=tutor, **levels))
    db.session.commit()
    db.session.refresh(tutor)

    with count_statements() as statements:
        sheet = sheet_of(tutor, Month.present(), viewer=tutor)

    assert (sheet.works, len(statements)) == (300, 4)
