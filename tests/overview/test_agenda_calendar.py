"""The page «Календарь» and the card on the start page."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.course.cohorts.models import CalendarRow, CohortState
from lms.course.modules.models import Module
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.entries import Kind
from lms.overview.agenda.months import coming_months, past_months
from lms.overview.agenda.wording import how_late
from lms.schools.meetings import services
from lms.schools.meetings.services import Arrangement
from lms.schools.meetings.wording import when
from lms.work.credits.models import Credit
from lms.work.submissions.models import Status, Submission
from tests.conftest import save
from tests.history import came
from tests.years import join_another_cohort

HOSTILE = "<script>alert(1)</script>"


def meet(team, tutor, title="Разбор", **delta):
    starts_at = utcnow() + timedelta(**(delta or {"days": 2}))
    facts = Arrangement(title, starts_at, 60, "Школа", "https://example.org/m")
    return services.create_meeting(team.cohort, team, facts, actor=tutor)


def due_of(entries):
    return next(entry for entry in entries if entry.kind is Kind.DUE)


@pytest.fixture
def late(module, cohort, member):
    """The work of the module was due three days ago; the member came long before."""
    cohort.rows[0].due_on = today() - timedelta(days=3)
    came()


@pytest.fixture
def work(module, team, late):
    """What the team has begun."""
    due_on = today() - timedelta(days=3)
    return save(Submission(cohort=team.cohort, module=module, team=team, due_on=due_on))


def test_work_that_was_not_sent_is_late_in_words(late, team, member, sign_in):
    entry = due_of(calendar_of_person(member))

    assert (entry.is_late, entry.state) == (True, "просрочено на 3\xa0дня")
    overdue = sign_in(member).get("/agenda/").text.partition('id="overdue"')[2]
    assert 'href="/modules/' in overdue.partition("</ul>")[0]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.DRAFT, "просрочено на 3\xa0дня"),
        (Status.WAITING, "отправлено, ждёт проверки"),
        (Status.RETURNED, "вернули на доработку, просрочено на 3\xa0дня"),
        (Status.ACCEPTED, "зачтено"),
    ],
)
def test_due_date_says_what_became_of_the_work(work, team, member, status, words):
    work.status = status
    db.session.commit()

    assert due_of(calendar_of_person(member)).state == words


def test_who_is_credited_owes_nothing(late, module, team, member):
    save(Credit(user_id=member.id, cohort_id=team.cohort_id, module_id=module.id))

    assert due_of(calendar_of_person(member)).state == "зачтено"


def test_extension_moves_the_day(work, team, member):
    work.due_on = today() + timedelta(days=5)
    db.session.commit()

    entry = due_of(calendar_of_person(member))
    assert (entry.day, entry.is_late) == (work.due_on, False)


def test_closed_cohort_is_late_with_nothing(late, cohort, team, member):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert not due_of(calendar_of_person(member)).is_late


def test_tutor_sees_how_many_teams_are_late(late, other, work, tutor):
    came()
    assert due_of(calendar_of_person(tutor)).state == "просрочено у 2\xa0команд"

    work.status, work.sent_at = Status.WAITING, utcnow()
    db.session.commit()
    assert due_of(calendar_of_person(tutor)).state == "просрочено у 1\xa0команды"


def test_tutor_does_not_wait_for_an_extended_work(work, team, tutor):
    work.due_on = today() + timedelta(days=5)
    db.session.commit()

    assert not due_of(calendar_of_person(tutor)).is_late


def test_calendar_of_strangers_is_not_there(module, team, tutor, other_tutor):
    meet(team, tutor)

    assert calendar_of_person(other_tutor) == []


def test_filter_leaves_one_cohort(module, cohort, tutor, admin, sign_in):
    page = sign_in(admin).get(f"/agenda/?cohort={cohort.id + 1}").text

    assert calendar_of_person(admin, cohort.id)
    assert not calendar_of_person(admin, cohort.id + 1)
    assert "Календарь" in page


def test_today_is_marked_even_when_it_is_empty(module, member, sign_in):
    page = sign_in(member).get("/agenda/").text

    assert page.count('id="today"') == 1
    assert "На сегодня ничего не назначено" in page


def test_months_are_in_order(module, team, member):
    entries = calendar_of_person(member)
    months = coming_months(entries)

    days = [day.day for month in months for day in month.days]
    assert days == sorted(days)
    assert days[0] == today()
    assert all(day.day.month == m.first.month for m in months for day in m.days)


def test_what_was_before_today_is_folded(late, member, sign_in):
    page = sign_in(member).get("/agenda/").text

    folded = page.partition("Что уже прошло")[2]
    assert [m.first for m in past_months(calendar_of_person(member))]
    assert "срок работы" in folded
    assert 'id="today"' not in folded


def test_much_of_one_day_is_folded(team, tutor, sign_in):
    for number in range(5):
        meet(team, tutor, f"Встреча {number}")

    page = sign_in(tutor).get("/agenda/").text

    seen, _, folded = page.partition("Ещё 2 в этот день")
    assert ("Встреча 2" in seen, "Встреча 3" in seen) == (True, False)
    assert "Встреча 4" in folded


def test_staff_finds_a_meeting_by_its_team(team, other_team, tutor, admin, sign_in):
    meet(team, tutor, "Первая пара")
    meet(other_team, tutor, "Вторая пара")

    browser = sign_in(admin)
    page = browser.get("/agenda/", query_string={"q": other_team.name}).text

    assert ("Первая пара" in page, "Вторая пара" in page) == (False, True)
    assert "Такого в календаре не нашлось" in browser.get("/agenda/?q=абвгд").text


def test_cancelled_meeting_is_shown_as_cancelled(team, tutor, member, sign_in):
    services.cancel_meeting(meet(team, tutor), actor=tutor)

    page = sign_in(member).get("/agenda/").text

    assert "<s>Разбор</s>" in page
    assert "отменена" in page
    assert "Ссылка на встречу" not in page


def test_start_page_shows_the_next_meeting(module, team, tutor, member, sign_in):
    browser = sign_in(member)
    assert "событие" not in browser.get("/home/").text

    meeting = meet(team, tutor)

    page = browser.get("/home/").text
    assert "событие" in page
    assert meeting.when in page
    assert f"/agenda/meetings/{meeting.id}.ics" in page


def test_members_do_not_see_buttons_of_staff(team, tutor, member, sign_in):
    meet(team, tutor)

    page = sign_in(member).get("/agenda/").text

    assert "изменить" not in page
    assert "Назначить встречу" not in page
    assert tutor.full_name not in page


def test_titles_are_inert(module, team, tutor, member, sign_in):
    meet(team, tutor, HOSTILE)

    for url in ("/agenda/", "/home/"):
        page = sign_in(member).get(url).text
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["member", "tutor", "admin"])
def test_page_costs_the_same_however_long_it_is(
    request, name, module, team, tutor, sign_in, count_statements
):
    browser = sign_in(request.getfixturevalue(name))
    meet(team, tutor)

    with count_statements() as few:
        browser.get("/agenda/")
    for number in range(10, 20):
        meet(team, tutor)
        row = CalendarRow(position=number, opens_on=today(), due_on=today())
        row.module = Module(slug=f"modul-{number}", position=number)
        team.cohort.rows.append(row)
    db.session.commit()
    with count_statements() as many:
        browser.get("/agenda/")

    assert len(many) == len(few) <= 14


def test_days_are_said_as_people_say_them(app):
    now = utcnow().astimezone(site_zone()).replace(hour=17, minute=0)

    assert when(now, site_zone()) == "Сегодня, 17:00"
    assert when(now + timedelta(days=1), site_zone()) == "Завтра, 17:00"
    assert when(now + timedelta(days=3), site_zone()).count(",") == 1
    assert when(now + timedelta(days=7), site_zone()).count(",") == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "просрочено на 1\xa0день"),
        (0, "срок сегодня"),
        (1, "срок завтра"),
        (5, "осталось 5\xa0дней"),
        (11, "осталось 11\xa0дней"),
        (21, "остался 21\xa0день"),
    ],
)
def test_how_late_in_words(app, days, words):
    assert how_late(days) == words


def test_page_has_the_days_of_the_team_that_is_shown(sign_in, module, member):
    join_another_cohort(member.email, is_shown=True)

    page = sign_in(member).get("/agenda/").text

    assert "Наставничество" not in page
    assert due_of(calendar_of_person(member))
