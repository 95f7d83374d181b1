"""Meetings: called by staff, changed by one at a time, never silently gone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import site_zone
from lms.course.cohorts.models import CohortState
from lms.identity.accounts.models import User
from lms.schools.meetings import services
from lms.schools.meetings.invited import meetings_of, next_meeting
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.services import Arrangement
from tests.conftest import journal, save


def arrangement(title="Разбор", *, days=2, **changes):
    starts_at = utcnow().replace(microsecond=0) + timedelta(days=days)
    facts = Arrangement(title, starts_at, 60, "Школа", "https://example.org/m")
    return facts._replace(**changes)


def form(**changes):
    typed = {
        "audience": "cohort-1",
        "title": "Разбор",
        "day": "31.12.2098",
        "clock": "17.00",
        "minutes": "60",
        "link": "https://example.org/m",
    }
    return typed | changes


@pytest.fixture
def meeting(team, tutor):
    """A meeting of «Опора», in two days."""
    return services.create_meeting(team.cohort, team, arrangement(), actor=tutor)


@pytest.fixture
def past_meeting(cohort, tutor):
    facts = arrangement("Прошлая", days=-1)._asdict()
    return save(Meeting(cohort=cohort, created_by_id=tutor.id, **facts))


def test_meeting_that_was_held_is_written_down_afterwards(cohort, tutor, sign_in):
    cohort.starts_on -= timedelta(days=30)
    db.session.commit()
    day = utcnow() - timedelta(days=1)
    typed = form(day=f"{day:%d.%m.%Y}", clock="07.00")
    browser = sign_in(tutor)

    refused = browser.post("/agenda/meetings/new", data=typed).text
    answer = browser.post("/agenda/meetings/new", data=typed | {"was_held": "y"})

    assert "отметьте «Встреча уже прошла»" in refused
    meeting = db.session.scalars(sa.select(Meeting)).one()
    day_and_time = meeting.when[0].lower() + meeting.when[1:]
    assert f"Встреча записана: {day_and_time}." in browser.get(answer.location).text
    assert meeting.is_over


@pytest.mark.parametrize(("days", "words"), [(2, "ещё не"), (-900, "не начался")])
def test_what_was_not_held_is_not_written_down(days, words, cohort, tutor):
    with pytest.raises(RuleError, match=words):
        services.create_meeting(
            cohort, None, arrangement(days=days), actor=tutor, was_held=True
        )


@pytest.fixture
def written_down(cohort, tutor):
    """A meeting of yesterday that was entered today."""
    cohort.starts_on -= timedelta(days=30)
    facts = arrangement(days=-1)
    return services.create_meeting(cohort, None, facts, actor=tutor, was_held=True)


def test_typo_in_a_meeting_written_down_afterwards_is_corrected(
    written_down, tutor, sign_in
):
    day = utcnow() - timedelta(days=2)
    typed = form(title="Разбор карт", day=f"{day:%d.%m.%Y}", clock="07.00", seen=0)
    browser, url = sign_in(tutor), f"/agenda/meetings/{written_down.id}"
    assert f'href="{url}/edit"' in browser.get(f"{url}/").text

    browser.post(f"{url}/edit", data=typed)

    assert "Разбор карт" in browser.get(f"{url}/").text


def test_meeting_written_down_afterwards_stays_when_it_is_told_who_came(
    written_down, tutor
):
    written_down.attended_at = utcnow()

    with pytest.raises(RuleError, match="уже прошла"):
        services.edit_meeting(written_down, arrangement(days=-2), seen=0, actor=tutor)


def test_meeting_written_down_in_a_closed_cohort_says_why_it_stays(
    written_down, tutor, sign_in
):
    written_down.cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="записи о его встречах больше не правят"):
        services.edit_meeting(written_down, arrangement(days=-2), seen=0, actor=tutor)

    page = sign_in(tutor).get(f"/agenda/meetings/{written_down.id}/edit").text
    assert "записи о его встречах больше не правят" in page
    assert "назначить новую" not in page


def test_meeting_of_a_team_is_of_no_other_team(meeting, team, other_team):
    assert meetings_of(team) == [meeting]
    assert meetings_of(other_team) == []


def test_meeting_of_a_cohort_is_for_every_team(cohort, team, other_team, tutor):
    called = services.create_meeting(cohort, None, arrangement(), actor=tutor)

    assert meetings_of(team) == meetings_of(other_team) == [called]


def test_meeting_in_the_past_is_refused(cohort, tutor):
    with pytest.raises(RuleError, match="уже прошло"):
        services.create_meeting(cohort, None, arrangement(days=-1), actor=tutor)


def test_closed_cohort_does_not_meet(cohort, tutor):
    cohort.state = CohortState.CLOSED

    with pytest.raises(RuleError, match="завершён"):
        services.create_meeting(cohort, None, arrangement(), actor=tutor)


def test_change_raises_the_sequence_and_is_in_the_journal(meeting, tutor):
    later = arrangement(days=3)

    services.edit_meeting(meeting, later, seen=0, actor=tutor)

    assert (meeting.sequence, meeting.starts_at) == (1, later.starts_at)
    assert journal() == ["назначена встреча", "изменена встреча"]


def test_saving_nothing_new_changes_nothing(meeting, tutor):
    services.edit_meeting(meeting, services._arrangement(meeting), seen=0, actor=tutor)

    assert meeting.sequence == 0


def test_stale_change_is_refused(meeting, tutor, tutor2):
    services.edit_meeting(meeting, arrangement("Раз"), seen=0, actor=tutor)

    with pytest.raises(RuleError, match="изменил или отменил"):
        services.edit_meeting(meeting, arrangement("Два"), seen=0, actor=tutor2)

    assert meeting.title == "Раз"


def test_meeting_is_not_moved_into_the_past(meeting, tutor):
    with pytest.raises(RuleError, match="уже прошло"):
        services.edit_meeting(meeting, arrangement(days=-1), seen=0, actor=tutor)


def test_meeting_that_is_over_is_not_changed(past_meeting, tutor):
    with pytest.raises(RuleError, match="уже прошла"):
        services.edit_meeting(past_meeting, arrangement(), seen=0, actor=tutor)


def test_meeting_that_is_over_is_not_cancelled(past_meeting, tutor):
    with pytest.raises(RuleError, match="уже прошла"):
        services.cancel_meeting(past_meeting, actor=tutor)


def test_cancelled_meeting_stays_and_is_not_next(meeting, team, tutor):
    services.cancel_meeting(meeting, actor=tutor)

    assert meetings_of(team) == [meeting]
    assert (meeting.sequence, meeting.is_cancelled) == (1, True)
    assert next_meeting(team) is None


def test_cancelled_meeting_is_not_changed(meeting, tutor):
    services.cancel_meeting(meeting, actor=tutor)

    with pytest.raises(RuleError, match="изменил или отменил"):
        services.edit_meeting(meeting, arrangement("Два"), seen=1, actor=tutor)


def test_of_two_who_press_at_once_one_is_first(meeting, tutor, race):
    meeting_id, tutor_id, facts = meeting.id, tutor.id, arrangement("Перенос")

    def edit():
        row, actor = db.session.get(Meeting, meeting_id), db.session.get(User, tutor_id)
        services.edit_meeting(row, facts, seen=0, actor=actor)

    results = race(*[edit] * 4)

    assert sorted(map(type, results), key=str) == sorted(
        [type(None), *[RuleError] * 3], key=str
    )


def test_next_meeting_goes_on_until_its_end(cohort, team, meeting, past_meeting):
    past_meeting.starts_at = utcnow() - timedelta(minutes=30)
    db.session.commit()

    assert next_meeting(team) == past_meeting


def test_tutor_calls_a_cohort_by_the_clock_of_the_course(tutor, cohort, sign_in):
    url, typed = "/agenda/meetings/new", form(audience=f"cohort-{cohort.id}")

    page = sign_in(tutor).post(url, data=typed, follow_redirects=True)

    assert "Встреча назначена" in page.text
    [meeting] = db.session.scalars(sa.select(Meeting))
    local = meeting.starts_at.astimezone(site_zone())
    assert f"{local:%d.%m.%Y %H:%M}" == "31.12.2098 17:00"


@pytest.mark.parametrize("field", ["title", "day", "clock", "minutes"])
def test_what_was_typed_comes_back(tutor, cohort, sign_in, field):
    typed = form(audience=f"cohort-{cohort.id}", place="Кабинет 7") | {field: ""}

    page = sign_in(tutor).post("/agenda/meetings/new", data=typed).text

    assert "Кабинет 7" in page
    assert page.count("field--invalid") == 1
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"link": ""},
        {"link": "http://example.org"},
        {"clock": "25:00"},
        {"day": "31.02.2098"},
        {"day": "31.12.2001"},
        {"minutes": "0"},
        {"audience": "cohort-999"},
    ],
)
def test_what_cannot_be_is_refused(tutor, cohort, sign_in, changes):
    typed = form(audience=f"cohort-{cohort.id}") | changes

    answer = sign_in(tutor).post("/agenda/meetings/new", data=typed)

    assert answer.status_code == 200
    assert "Разбор" in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


def test_tutor_of_another_cohort_calls_nobody_here(other_tutor, cohort, sign_in):
    typed = form(audience=f"cohort-{cohort.id}")

    assert sign_in(other_tutor).post("/agenda/meetings/new", data=typed)
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


def test_tutor_moves_a_meeting(meeting, tutor, sign_in):
    url, browser = f"/agenda/meetings/{meeting.id}/edit", sign_in(tutor)
    assert 'value="Разбор"' in browser.get(url).text

    browser.post(url, data=form(title="Перенос", seen="0"))

    assert (meeting.title, meeting.sequence) == ("Перенос", 1)


@pytest.mark.parametrize("seen", ["", "x", "7"])
def test_page_without_a_version_overwrites_nothing(meeting, tutor, sign_in, seen):
    url = f"/agenda/meetings/{meeting.id}/edit"

    page = sign_in(tutor).post(url, data=form(title="Перенос", seen=seen)).text

    assert "изменил или отменил" in page
    assert "Перенос" in page
    assert meeting.title == "Разбор"


def test_member_who_is_a_tutor_elsewhere_does_not_change(meeting, member, sign_in):
    member.roles = frozenset({next(iter(meeting.cohort.tutors[0].roles))})
    db.session.commit()

    url = f"/agenda/meetings/{meeting.id}/edit"

    assert sign_in(member).get(url).status_code == 403
