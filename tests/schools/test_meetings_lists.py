"""An attendance list is uploaded, looked at, confirmed once and deleted."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.schools.meetings import lists
from lms.schools.meetings.attendance import mark_present, rows_of
from lms.schools.meetings.joins import (
    LONGEST,
    Comer,
    minutes_of,
    moment_in,
    seconds_in,
)
from lms.schools.meetings.matching import Verdict
from lms.schools.meetings.models import AttendanceList, Match, Source
from tests.attendances import SERVICES, as_csv, as_workbook, attendance_file
from tests.conftest import member_of, person
from tests.meetings import held, joined_before

HEAD = ["Имя", "Почта", "Минут"]


@pytest.fixture
def past(cohort, tutor, captain, member, other):
    joined_before(captain, member, other)
    return held(cohort, tutor, minutes=65)


@pytest.fixture
def upload(past, tutor):
    """Return a function that uploads the lines of a list."""

    def make(*rows, head=HEAD):
        content = rows[0] if isinstance(rows[0], bytes) else as_csv([head, *rows])
        return lists.upload_attendance(
            past, content=content, name="список.csv", author=tutor
        )

    return make


def confirm(uploaded, actor, taken=None, *, everybody=False):
    seen = lists.plan_of(uploaded).fingerprint
    return lists.confirm_attendance(
        uploaded, seen=seen, taken=taken or {}, everybody=everybody, actor=actor
    )


def known(meeting, *people):
    rows = rows_of(meeting, [one.id for one in people])
    return {user_id: row.minutes for user_id, row in rows.items()}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("service", SERVICES)
def test_lists_of_services_are_read(
    service, kind, past, tutor, captain, member, other, upload
):
    uploaded = upload(attendance_file(service, kind))
    counts = lists.plan_of(uploaded).counts

    changes, guests = confirm(uploaded, tutor)

    assert known(past, captain, member, other) == {captain.id: 60, member.id: 30}
    assert (changes, guests, past.guests) == (2, 1, 1)
    assert (counts[Verdict.UNKNOWN], counts[Verdict.STAFF]) == (1, 1)


def test_second_upload_of_a_list_changes_nothing(past, tutor, upload):
    content = attendance_file("zoom", "csv")
    confirm(upload(content), tutor)
    told_at = past.attended_at

    assert confirm(upload(content), tutor)[0] == 0

    assert past.attended_at == told_at
    assert db.session.scalar(sa.select(sa.func.count(AttendanceList.id))) == 0


def test_joins_that_overlap_are_united():
    comer = Comer("А", "", spans=[[0, 2400], [1200, 3600], [4200, 4260]])

    assert minutes_of([comer]) == 61


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("-5", None),
        ("nan", None),
        ("inf", LONGEST),
        ("9" * 400, LONGEST),
        ("9" * 400 + " ч", LONGEST),
    ],
)
def test_time_that_nobody_can_have_been_there_breaks_nothing(typed, seconds):
    assert seconds_in(typed) == seconds


def test_who_had_not_left_was_there_until_the_list_ends(
    past, tutor, captain, member, upload
):
    head = ["Имя", "Почта", "Время входа", "Время выхода"]
    gone = ["Орлов Олег", "", "17:00", "17:50"]
    stayed = ["Седова Анна", "", "17:20", ""]

    confirm(upload(gone, stayed, head=head), tutor)

    assert known(past, captain, member) == {captain.id: 30, member.id: 50}


def test_list_that_tells_only_when_people_came_asks_too(past, tutor, captain, upload):
    uploaded = upload(["Седова Анна", "17:20"], head=["Имя", "Время входа"])

    assert not uploaded.has_minutes
    confirm(uploaded, tutor, everybody=True)
    assert known(past, captain) == {captain.id: None}


def test_time_is_cut_to_the_length_of_the_meeting(past, tutor, captain, upload):
    confirm(upload(["Седова Анна", "", "300"]), tutor)

    assert known(past, captain) == {captain.id: 65}


def test_two_of_one_name_are_taken_by_nobody(past, tutor, captain, team, upload):
    twin = person("Седова Анна Игоревна", "twin@example.org")
    joined_before(member_of(team, twin))
    uploaded = upload(["Седова Анна", "", "60"])

    [finding] = lists.plan_of(uploaded).findings

    assert finding.verdict is Verdict.LIKELY
    assert {one.id for one in finding.people} == {captain.id, twin.id}
    assert confirm(uploaded, tutor, {0: twin.id}) == (1, 0)
    assert known(past, captain, twin) == {twin.id: 60}


def test_two_strangers_of_one_name_are_not_one_person(past, captain, upload):
    uploaded = upload(["Седова Анна", "a@a.org", "60"], ["Анна Седова", "b@b.org", "5"])

    assert lists.plan_of(uploaded).counts[Verdict.LIKELY] == 2


@pytest.mark.parametrize("name", ["Седова А.", "Anna Sedova", "Сидова Анна", "Седова"])
def test_name_that_is_only_alike_is_never_taken(past, tutor, captain, upload, name):
    uploaded = upload([name, "", "60"])

    [finding] = lists.plan_of(uploaded).findings

    assert (finding.verdict, finding.people) == (Verdict.LIKELY, [captain])
    assert confirm(uploaded, tutor) == (0, 1)


def test_chosen_person_says_how_they_were_found(past, tutor, captain, upload):
    confirm(upload(["Седова А.", "", "60"]), tutor, {0: captain.id})

    row = rows_of(past, [captain.id])[captain.id]
    assert (row.source, row.matched_by) == (Source.LIST, Match.CHOICE)


def test_list_without_minutes_asks(past, tutor, captain, sign_in, upload):
    uploaded = upload(["Седова Анна", "captain@example.org"], head=["Имя", "Почта"])

    with pytest.raises(RuleError, match="нет колонки минут"):
        confirm(uploaded, tutor)
    page = sign_in(tutor).get(f"/agenda/meetings/lists/{uploaded.id}").text
    assert "считать присутствовавшими всех?" in page
    confirm(uploaded, tutor, everybody=True)

    assert known(past, captain) == {captain.id: None}


def test_list_takes_nothing_from_whom_the_tutor_has_ticked(
    past, tutor, captain, upload
):
    mark_present(past, shown=[captain.id], was=[], present=[captain.id], actor=tutor)

    assert confirm(upload(["Седова Анна", "", "5"]), tutor)[0] == 0

    assert known(past, captain) == {captain.id: None}


def test_plan_that_was_not_seen_is_not_carried_out(past, tutor, captain, team, upload):
    uploaded = upload(["Седова Анна", "", "60"])
    seen = lists.plan_of(uploaded).fingerprint
    joined_before(member_of(team, person("Седова Анна Ильинична", "new@example.org")))

    with pytest.raises(RuleError, match="изменились"):
        lists.confirm_attendance(
            uploaded, seen=seen, taken={}, everybody=False, actor=tutor
        )

    assert known(past, captain) == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Файл пустой"),
        (b"%PDF-1.4", "документ PDF"),
        (as_csv([["a", "b"], ["1", "2"]]), "не нашлась строка с заголовками"),
        (as_csv([HEAD]), "нет ни одной строки с людьми"),
        (as_workbook([["Имя", "Минут"], ["=1+1", ""]]), "нет ни одной строки"),
    ],
)
def test_other_files_are_refused(past, upload, content, words):
    with pytest.raises(RuleError, match=re.escape(words)):
        upload(content)


def test_tutor_uploads_looks_and_confirms(past, tutor, captain, sign_in):
    browser, url = sign_in(tutor), f"/agenda/meetings/{past.id}/attendance/list"
    file = (BytesIO(attendance_file("zoom", "csv")), "zoom.csv")
    page = browser.post(url, data={"file": file}, follow_redirects=True)
    assert "Olga iPhone" in page.text
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', page.text)[1]

    done = browser.post(page.request.path, data={"seen": seen}, follow_redirects=True)

    assert "Не из команд: 1" in done.text
    assert "Olga" not in done.text
    assert "60\N{NO-BREAK SPACE}мин." in done.text.replace("&nbsp;", "\xa0")


def test_one_line_is_not_two_people(past, tutor, team, captain, sign_in, upload):
    twin = member_of(team, person("Седова Анна Игоревна", "twin@example.org"))
    joined_before(twin)
    uploaded = upload(["Седова Анна", "", "60"])
    taken = [f"0-{captain.id}", f"0-{twin.id}"]

    page = sign_in(tutor).post(
        f"/agenda/meetings/lists/{uploaded.id}", data={"taken": taken}
    )

    assert "выбраны двое" in page.text
    assert known(past, captain, twin) == {}


def test_choice_that_was_not_offered_is_none(past, tutor, other, sign_in, upload):
    uploaded = upload(["Седова А.", "", "60"])
    seen = lists.plan_of(uploaded).fingerprint
    taken = ["abc", "0-99", f"7-{other.id}"]

    answer = sign_in(tutor).post(
        f"/agenda/meetings/lists/{uploaded.id}", data={"seen": seen, "taken": taken}
    )

    assert answer.status_code == 302
    assert (known(past, other), past.guests) == ({}, 1)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("61", 3660),
        ("1:01:05", 3665),
        ("58:12", 3492),
        ("0:58", 3480),
        ("1 ч 5 мин", 3900),
        ("1h 5m 3s", 3903),
        ("12,5", 750),
        ("нет", None),
    ],
)
def test_lengths_are_read_as_services_write_them(text, seconds):
    assert seconds_in(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["28.11.2026 10:05", "2026-11-28T10:05:00+07:00", "11/28/2026 10:05:00 AM"],
)
def test_moments_are_read_as_services_write_them(text):
    day = timedelta(seconds=moment_in("28.11.2026 00:00")).total_seconds()

    assert moment_in(text) - day == (10 * 60 + 5) * 60
