"""The calendar for other programs, read by a library that did not write it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.overview.agenda import addresses
from lms.schools.meetings import services
from lms.schools.meetings.event import meeting_file
from lms.schools.meetings.services import Arrangement
from lms.schools.teams.models import Team
from lms.work.submissions.models import Status, Submission
from tests.conftest import save

LONG = "Разбор карты наставничества, «вопросы; ответы» и планы на полугодие \\ " * 2


def read(browser, url):
    """Return the events by their UID, as another program sees them."""
    answer = browser.get(url)
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(answer.text)
    calendar.validate()
    return {event.uid.value: event for event in calendar.vevent_list}


@pytest.fixture
def meeting(module, team, tutor):
    starts_at = (utcnow() + timedelta(days=2)).replace(microsecond=0)
    facts = Arrangement(LONG.strip(), starts_at, 90, "Школа", "https://example.org/m")
    return services.create_meeting(team.cohort, team, facts, actor=tutor)


@pytest.fixture
def url(member):
    addresses.give_address(member)
    return addresses.link_of(member).split("8000", 1)[1]


@pytest.fixture
def team_url(team):
    addresses.give_address(team)
    return addresses.link_of(team).split("8000", 1)[1]


def test_calendar_holds_openings_dues_and_meetings(guest, meeting, url):
    assert {uid.split("-")[0] for uid in read(guest, url)} == {
        "opening",
        "due",
        "meeting",
    }


def test_meeting_has_its_hour_and_its_text_whole(guest, meeting, url):
    event = read(guest, url)[f"meeting-{meeting.id}@tochka-sborki"]

    assert event.summary.value == meeting.title
    assert event.dtstart.value == meeting.starts_at
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.dtstart.value.tzinfo is not None
    assert (event.status.value, event.sequence.value) == ("CONFIRMED", "0")


@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Moscow", "Asia/Vladivostok"])
def test_hour_is_right_whatever_clock_the_site_has(app, team, tutor, zone, month):
    app.config["LMS_TIMEZONE"] = zone
    local = datetime(2031, month, 15, 18, 30, tzinfo=ZoneInfo(zone))
    facts = Arrangement("Разбор", local, 90, "Школа", "")
    meeting = services.create_meeting(team.cohort, team, facts, actor=tutor)

    file = meeting_file(meeting)

    (event,) = Calendar.from_ical(file).events
    assert b"VTIMEZONE" not in file
    assert (event.start, event.end) == (local, local + timedelta(minutes=90))
    assert event.start.utcoffset() == timedelta(0)


def test_every_event_says_where_more_is_to_be_read(guest, meeting, module, url):
    events = read(guest, url)

    found = {uid.split("-")[0]: e.description.value for uid, e in events.items()}
    lesson = f"http://127.0.0.1:8000/modules/{module.slug}"
    assert found["opening"].rstrip("/") == found["due"].rstrip("/") == lesson
    assert found["meeting"] == "https://example.org/m"


def test_owed_work_is_recalled_on_the_morning_before(guest, meeting, url):
    events = Calendar.from_ical(guest.get(url).text).events

    alarms = {e["uid"].split("-")[0]: e.alarms.times for e in events if e.alarms.times}
    morning = datetime.combine(today() + timedelta(days=13), time(9))
    assert [alarm.trigger for alarm in alarms.pop("due")] == [morning]
    assert alarms == {}


def test_sent_work_is_recalled_no_more(guest, meeting, team, module, url):
    save(
        Submission(cohort=team.cohort, module=module, team=team, status=Status.WAITING)
    )

    assert "VALARM" not in guest.get(url).text


def test_openings_and_dues_take_the_whole_day(guest, meeting, module, cohort, url):
    event = read(guest, url)[f"due-{cohort.id}-{module.id}@tochka-sborki"]

    assert type(event.dtstart.value) is date
    assert event.dtstart.value == today() + timedelta(days=14)
    assert event.dtend.value - event.dtstart.value == timedelta(days=1)
    assert event.summary.value == f"Срок: 4. {module.current_revision.title}"


def test_cancelled_meeting_says_so_under_the_same_name(guest, meeting, url, tutor):
    services.cancel_meeting(meeting, actor=tutor)

    event = read(guest, url)[f"meeting-{meeting.id}@tochka-sborki"]

    assert (event.status.value, event.sequence.value) == ("CANCELLED", "1")
    assert event.summary.value.startswith("Отменена: ")


def test_every_event_is_stamped_and_named_once(guest, meeting, url):
    body = guest.get(url).text

    assert body.count("BEGIN:VEVENT") == body.count("\r\nDTSTAMP") == 3
    assert body.count("\r\nUID") == len(read(guest, url)) == 3


def test_lines_are_short_and_letters_whole(guest, meeting, url):
    body = guest.get(url).data

    lines = body.split(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") for line in lines[:-1])


def test_nobody_is_named(guest, meeting, url, team_url, member, captain, tutor):
    for address in (url, team_url):
        body = guest.get(address).text.replace("\r\n ", "")
        for person in (member, captain, tutor):
            assert person.full_name.split()[0] not in body
            assert person.email not in body


def test_same_calendar_is_not_sent_twice(guest, meeting, url):
    tag = guest.get(url).headers["ETag"]

    assert guest.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_team_reads_its_own_calendar(guest, meeting, team_url):
    assert f"meeting-{meeting.id}@tochka-sborki" in read(guest, team_url)


def test_tutor_reads_all_cohorts_by_name(guest, meeting, tutor, cohort):
    addresses.give_address(tutor)

    events = read(guest, addresses.link_of(tutor).split("8000", 1)[1])

    assert all(cohort.name in event.summary.value for event in events.values())


@pytest.mark.parametrize("kind", ["mine", "teams"])
def test_replaced_address_is_dead(guest, sign_in, captain, team, kind):
    owner, place = (captain, "mine") if kind == "mine" else (team, f"teams/{team.id}")
    browser = sign_in(captain)
    browser.post(f"/agenda/subscription/{place}")
    old = addresses.link_of(owner)
    assert old in browser.get("/agenda/subscription").text

    browser.post(f"/agenda/subscription/{place}/replace")

    new = addresses.link_of(owner)
    assert guest.get(old.split("8000", 1)[1]).status_code == 404
    assert guest.get(new.split("8000", 1)[1]).status_code == 200


def test_address_of_a_closed_account_is_dead(guest, member, url):
    member.closed_at = utcnow()
    db.session.commit()

    assert guest.get(url).status_code == 404


def test_who_left_the_team_reads_its_days_no_more(guest, meeting, member, url):
    assert read(guest, url)
    meeting.team.memberships[-1].left_at = utcnow()
    db.session.commit()

    assert "BEGIN:VEVENT" not in guest.get(url).text


def test_guessed_address_is_nobodys(guest, url):
    assert guest.get(url.replace(url[-10:-4], "AAAAAA")).status_code == 404


def test_member_does_not_replace_the_address_of_the_team(sign_in, member, team_url):
    page = sign_in(member).get("/agenda/subscription").text

    assert team_url in page
    assert f"teams/{1}/replace" not in page


def test_two_who_ask_at_once_get_one_address(team, race):
    team_id = team.id

    def give():
        addresses.give_address(db.session.get(Team, team_id))
        return addresses.link_of(db.session.get(Team, team_id))

    assert len(set(race(*[give] * 4))) == 1


def test_one_meeting_can_be_taken_along(meeting, member, sign_in):
    events = read(sign_in(member), f"/agenda/meetings/{meeting.id}.ics")

    assert list(events) == [f"meeting-{meeting.id}@tochka-sborki"]


def test_link_in_russian_is_an_address_by_the_book(meeting):
    meeting.link = "https://школа.рф/встреча?о=чём"

    (event,) = Calendar.from_ical(meeting_file(meeting)).walk("VEVENT")

    assert event["url"].isascii()
    assert event["description"] == meeting.link
