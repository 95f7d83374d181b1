"""Who was at a meeting: ticked by team, counted by school, written on a sheet."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from docx import Document
from python_calamine import CalamineWorkbook

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import read_in
from lms.identity.accounts.models import User
from lms.schools.meetings import services
from lms.schools.meetings.attendance import mark_present, rows_of, watch_recording
from lms.schools.meetings.models import Meeting, Source
from lms.schools.meetings.permissions import visible_meetings
from lms.schools.meetings.turnout import called_to, turnout_of
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import active_membership
from lms.schools.territories.models import SchoolTerritory
from tests.conftest import member_of, person
from tests.meetings import held, joined_before


@pytest.fixture
def past(cohort, tutor, captain, member, other):
    joined_before(captain, member, other)
    return held(cohort, tutor)


def mark(meeting, tutor, *present, was=()):
    shown = [g.membership.user_id for team in called_to(meeting) for g in team.guests]
    ids = [one.id for one in present], [one.id for one in was]
    return mark_present(meeting, shown=shown, present=ids[0], was=ids[1], actor=tutor)


def test_tick_keeps_what_a_colleague_has_ticked_meanwhile(past, tutor, captain, member):
    mark(past, tutor, captain)

    assert mark(past, tutor, member) == (1, 0)

    assert set(rows_of(past, [captain.id, member.id])) == {captain.id, member.id}


def test_tick_of_who_is_in_no_team_any_more_marks_the_others_all_the_same(
    past, tutor, captain, member, sign_in
):
    active_membership(member).left_at = past.starts_at - timedelta(days=1)
    db.session.commit()

    answer = sign_in(tutor).post(
        f"/agenda/meetings/{past.id}/attendance",
        data={"present": [captain.id, member.id], "was": ""},
    )

    assert answer.status_code == 302
    assert set(rows_of(past, [captain.id, member.id])) == {captain.id}


def test_tick_is_taken_back_and_a_watched_recording_stays(past, tutor, member, captain):
    past.recording_url = "https://video.example.org/1"
    mark(past, tutor, captain, member)
    watch_recording(past, member)

    mark(past, tutor, was=[captain, member])

    [row] = rows_of(past, [captain.id, member.id]).values()
    assert (row.user_id, row.source) == (member.id, Source.RECORDING)


def test_meeting_that_has_not_begun_has_no_attendance(past, tutor, member):
    past.starts_at = past.starts_at.replace(year=past.starts_at.year + 1)
    db.session.commit()

    with pytest.raises(RuleError, match="не началась"):
        mark(past, tutor, member)


def test_meeting_is_not_moved_once_it_is_known_who_came(past, tutor, member):
    past.minutes = 48 * 60
    db.session.commit()
    mark(past, tutor, member)
    shorter = services._arrangement(past)._replace(minutes=90)

    with pytest.raises(RuleError, match="Явка уже отмечена"):
        services.edit_meeting(past, shorter, seen=0, actor=tutor)


def test_meeting_is_not_called_off_once_it_is_known_who_came(
    past, tutor, member, sign_in
):
    past.minutes = 48 * 60
    db.session.commit()
    mark(past, tutor, member)
    browser, address = sign_in(tutor), f"/agenda/meetings/{past.id}"

    page = browser.get(f"{address}/edit").text
    answer = browser.post(f"{address}/cancel")

    assert "Отменить встречу" not in page
    assert answer.status_code == 409
    assert "эта встреча состоялась" in answer.text


def test_of_who_calls_off_and_who_ticks_at_once_one_is_first(past, tutor, member, race):
    past.minutes = 48 * 60
    meeting, user, came = past.id, tutor.id, member.id

    def call_off():
        cancelled = db.session.get(Meeting, meeting)
        services.cancel_meeting(cancelled, actor=db.session.get(User, user))

    def tick():
        held_one = db.session.get(Meeting, meeting)
        seen = {"shown": [came], "was": [], "present": [came]}
        mark_present(held_one, **seen, actor=db.session.get(User, user))

    answers = race(call_off, tick)

    db.session.expire_all()
    assert sum(isinstance(one, RuleError) for one in answers) == 1
    assert past.is_cancelled != bool(past.attended_at)


def test_turnout_is_counted_by_school(past, tutor, team, other_team, member, captain):
    mark(past, tutor, member)

    counted = {one.school_id: one for one in turnout_of([past])}

    assert counted[team.school_id].present == {member.id}
    assert counted[team.school_id].invited == {member.id, captain.id}
    assert counted[other_team.school_id].present == frozenset()


def test_turnout_agrees_with_the_page_and_costs_the_same(
    past, cohort, tutor, team, territory, member, other, captain, count_statements
):
    active_membership(captain).joined_at = utcnow()
    others = [held(cohort, tutor, territory=territory), held(cohort, tutor, team=team)]
    for meeting in (past, *others):
        mark(meeting, tutor, member)
    held_ones = db.session.scalars(sa.select(Meeting).order_by(Meeting.id)).all()

    with count_statements() as sent:
        counted = turnout_of(held_ones)

    assert len(sent) == 3
    for meeting in (past, *others):
        mine = [one for one in counted if one.meeting_id == meeting.id]
        people = {g.membership.user_id for t in called_to(meeting) for g in t.guests}
        assert {user_id for one in mine for user_id in one.invited} == people
        assert {user_id for one in mine for user_id in one.present} == {member.id}


def test_meeting_without_a_list_has_nothing_to_count(past):
    assert turnout_of([past]) == []


def test_who_joined_later_was_not_called_unless_they_came(past, tutor, member, sign_in):
    row = member_row(past, member)
    row.joined_at = utcnow()
    db.session.commit()
    assert member_row(past, member) is None

    sign_in(tutor).post(
        f"/agenda/meetings/{past.id}/attendance", data={"present": [member.id]}
    )

    assert member_row(past, member) is not None


def member_row(meeting, person):
    found = [g.membership for team in called_to(meeting) for g in team.guests]
    return next((one for one in found if one.user_id == person.id), None)


def test_territory_calls_its_schools_only(past, tutor, territory, member, other):
    past.territory = territory
    db.session.commit()

    people = {g.membership.user_id for team in called_to(past) for g in team.guests}

    assert member.id in people
    assert other.id not in people
    assert db.session.scalars(visible_meetings(member)).all() == [past]
    assert db.session.scalars(visible_meetings(other)).all() == []


def test_reader_far_away_finds_the_same_people_called(
    past, tutor, territory, team, member
):
    past.territory, past.starts_at = territory, datetime(2026, 2, 28, 20, tzinfo=UTC)
    (stay,) = db.session.query(SchoolTerritory).filter_by(school_id=team.school_id)
    stay.until = date(2026, 3, 1)  # which it is already where the reader is
    for row in db.session.query(Membership):
        row.joined_at = past.starts_at - timedelta(days=1)
    mark(past, tutor, member)

    with read_in("Asia/Kamchatka"):
        people = {g.membership.user_id for team in called_to(past) for g in team.guests}

    assert people == {user_id for one in turnout_of([past]) for user_id in one.invited}
    assert member.id in people


def test_coordinator_ticks_her_schools_only(past, coordinator, sign_in, member, other):
    url = f"/agenda/meetings/{past.id}/attendance"
    browser = sign_in(coordinator)

    page = browser.get(url).text
    browser.post(url, data={"present": [member.id], "was": ""})

    assert member.full_name in page
    assert other.full_name not in page
    assert rows_of(past, [member.id])[member.id].is_present


@pytest.mark.parametrize("page", ["", "attendance"])
def test_page_costs_the_same_however_many_come(
    past, tutor, team, sign_in, count_statements, page
):
    browser, url = sign_in(tutor), f"/agenda/meetings/{past.id}/{page}"
    browser.get(url)
    with count_statements() as few:
        browser.get(url)
    for number in range(9):
        joined_before(member_of(team, person(f"Участник {number}", f"{number}@e.org")))
    with count_statements() as many:
        browser.get(url)

    assert len(many) == len(few) <= 14


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_sheet_names_who_came(past, tutor, member, sign_in, kind):
    mark(past, tutor, member)

    file = sign_in(tutor).get(f"/agenda/meetings/{past.id}/attendance.{kind}").data

    first, second = table_of(kind, io.BytesIO(file))[:2]
    assert first == ("№", "ФИО", "Школа", "Роль", "Минут")
    assert second[1:4] == (member.full_name, "Школа № 12, Новосибирск", "учитель")


def table_of(kind, file):
    if kind == "xlsx":
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        return [tuple(row) for row in sheet.to_python()]
    [table] = Document(file).tables
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_page_of_a_meeting_that_is_over_waits_for_nobody(past, tutor, sign_in):
    page = sign_in(tutor).get(f"/agenda/meetings/{past.id}/").text

    assert "Явку ещё не отметили" in page
    assert "Кого звали</h2>" in page
    assert "Кого ждём" not in page


def test_what_was_just_done_is_not_printed(past, tutor, captain, sign_in):
    browser = sign_in(tutor)

    answer = browser.post(
        f"/agenda/meetings/{past.id}/attendance",
        data={"present": [captain.id], "was": ""},
    )

    page = browser.get(answer.location).text
    for words in ("Явка сохранена", "«Явочный лист»"):
        assert "no-print" in page[: page.index(words)].rpartition("<")[2]
