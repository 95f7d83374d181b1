"""The letter of the day: once, only when something happened, only what is wanted."""

from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from lms.core import jobs
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.core.language import site_zone, today
from lms.course.cohorts.models import CohortState
from lms.course.releases.services import publish_now
from lms.identity.accounts.models import User
from lms.identity.letters.models import DAILY, Letter
from lms.identity.letters.services import switch_off
from lms.overview.announcements.services import Words, announce
from lms.overview.digest.contents import Digest, Line, Section, digest_of
from lms.overview.digest.schedule import (
    key_of,
    last_letter_at,
    yesterdays_letter_at,
)
from lms.overview.digest.sending import compose_digest, enqueue_digests
from lms.review.deferrals.services import ask, decline
from lms.review.threads.services import mark_seen, settle_thread, write_message
from lms.schools.meetings import services
from lms.schools.meetings.services import Arrangement
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.models import Status, Submission
from tests.conftest import person, save
from tests.history import came
from tests.sample_course import files_without, import_module
from tests.years import join_another_cohort

MORNING = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # 08:00 in Moscow


def send_digest(request):
    """Do the job of one person."""
    jobs.handlers["digest"](request)


def text_of(person, unwanted=()):
    digest = digest_of(person, unwanted=unwanted)
    return "\n".join(line.text for section in digest.sections for line in section.lines)


def due(cohort, days):
    cohort.rows[0].due_on = today() + timedelta(days=days)
    came()


def meet(team, tutor, **delta):
    facts = Arrangement("Разбор", utcnow() + timedelta(**delta), 60, "Школа", "")
    return services.create_meeting(team.cohort, team, facts, actor=tutor)


def turn_down(work, captain, tutor):
    """Let the team ask for more days, and the tutor say no."""
    later = today() + timedelta(days=9)
    deferral = ask(work, wanted_on=later, reason="Болеем.", member=captain)
    decline(deferral, answer="Осталось немного.", tutor=tutor)


def renew(author):
    """Let the lesson change, and its readers be told."""
    second = import_module(files=files_without("quiz.md"))
    publish_now(second, author=author, instead_of=1, note="Убрали вопросы.")


def forget(meeting):
    """Let a meeting have been arranged long ago."""
    meeting.changed_at = utcnow() - timedelta(days=9)
    db.session.commit()


def count(kind):
    query = sa.select(sa.func.count(Job.id)).where(Job.kind == kind)
    return db.session.scalar(query)


@pytest.fixture
def mails(app):
    """Return a function that gives the letters that went out."""
    folder = app.config["INSTANCE"] / "mail"
    return lambda: list(folder.glob("*.eml"))


@pytest.fixture
def work(module, team, cohort):
    """What «Опора» has begun; due tomorrow."""
    due(cohort, 1)
    due_on = today() + timedelta(days=1)
    return save(Submission(cohort=cohort, module=module, team=team, due_on=due_on))


def test_nothing_happened_no_letter(module, member, mails):
    send_digest({"person": member.id, "day": today().isoformat()})

    assert text_of(member) == ""
    assert mails() == []


@pytest.mark.parametrize("days", [3, 1, 0, -1, -8, -15])
def test_reminder_comes_on_its_days(module, cohort, member, days):
    due(cohort, days)

    assert "4. Наставничество" in text_of(member)


@pytest.mark.parametrize("days", [4, 2, -2, -7, -9])
def test_reminder_does_not_come_on_other_days(module, cohort, member, days):
    due(cohort, days)

    assert text_of(member) == ""


@pytest.mark.parametrize("status", [Status.WAITING, Status.ACCEPTED])
def test_who_has_sent_is_not_reminded(work, member, status):
    assert "срок завтра" in text_of(member)

    work.status = status
    db.session.commit()

    assert text_of(member) == ""


def test_work_sent_after_the_job_was_added_is_not_reminded_of(work, member, mails):
    enqueue_digests(today())
    work.status = Status.WAITING
    db.session.commit()

    while run_next():
        pass

    assert mails() == []


def test_closed_cohort_reminds_of_nothing(work, cohort, member):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert text_of(member) == ""
    assert enqueue_digests(today()) == 0


def test_opening_is_told_on_its_day(module, cohort, member):
    cohort.rows[0].opens_on = today()
    db.session.commit()

    assert digest_of(member, unwanted=()).sections[0].title == "Открылось"


def test_meetings_of_today_and_tomorrow(module, team, member, tutor):
    meeting = meet(team, tutor, minutes=5)
    forget(meeting)
    assert "Разбор" in text_of(member)

    meeting.starts_at += timedelta(days=3)
    db.session.commit()
    assert text_of(member) == ""


def test_new_and_cancelled_meetings_are_told_at_once(module, team, member, tutor):
    meeting = meet(team, tutor, days=9)
    assert "Разбор" in text_of(member)

    services.cancel_meeting(meeting, actor=tutor)
    assert "Разбор (отменена)" in text_of(member)

    forget(meeting)
    assert text_of(member) == ""


def done(person, day, *, at):
    """Let the letter of a day have been made at a moment."""
    return save(Job(kind="digest", payload={}, key=key_of(person.id, day), done_at=at))


@pytest.mark.parametrize(("days_late", "is_told"), [(0, False), (1, True)])
def test_news_of_a_day_whose_letter_came_too_late_is_told_with_the_next(
    module, team, member, tutor, days_late, is_told
):
    noon = datetime.combine(today(), time(12), site_zone())
    before = [today() - timedelta(days=days) for days in (2, 1)]
    meet(team, tutor, days=9).changed_at = noon - timedelta(days=2)
    done(member, before[0], at=noon - timedelta(days=2))
    done(member, before[1], at=noon - timedelta(days=1 - days_late))

    assert (compose_digest(member) is not None) is is_told


def test_lesson_that_opened_on_a_day_without_a_letter_is_told(module, cohort, member):
    cohort.rows[0].opens_on = today() - timedelta(days=1)
    done(member, today() - timedelta(days=3), at=utcnow() - timedelta(days=3))

    assert "Открылось" in compose_digest(member)["text"]


def test_site_that_stood_still_for_long_tells_what_is_new_since_yesterday(app, member):
    done(member, today() - timedelta(days=9), at=utcnow() - timedelta(days=9))

    assert last_letter_at(member.id) == yesterdays_letter_at()


def test_hours_are_those_of_the_person(module, team, member, tutor):
    meeting = meet(team, tutor, hours=1)
    member.timezone = "Asia/Vladivostok"
    db.session.commit()

    local = meeting.starts_at + timedelta(hours=10)
    assert f"{local:%H:%M}" in text_of(member)


def test_tutor_learns_what_waits(work, tutor, member):
    assert text_of(tutor) == ""
    work.status, work.sent_at = Status.WAITING, utcnow()
    work.due_on = today() - timedelta(days=1)
    db.session.commit()

    assert text_of(tutor) == ("1\xa0работа ждёт решения, её срок прошёл")


def say(work, author, text="Трёх хватит."):
    token = f"{author.id}-{text[:20]}"
    return write_message(work, text, author=author, seen=0, form_key=token)


def test_answer_of_the_tutor_is_told_until_it_is_read(work, tutor, member, captain):
    work.due_on = today() + timedelta(days=9)
    answer = say(work, tutor)
    mark_seen(work, reader=captain, up_to=answer.id)

    assert text_of(member) == "тьютор написал: 4. Наставничество. Практики"
    assert text_of(captain) == ""


def test_only_question_that_waits_is_for_its_tutor(work, tutor, captain):
    say(work, captain, "Сколько запросов?")
    answer = say(work, tutor)
    write_message(work, "А пар?", author=captain, seen=answer.id, form_key="k2")

    assert text_of(tutor) == "1\xa0команда ждёт вашего ответа"


def test_question_is_told_as_long_as_it_waits(work, tutor, captain):
    say(work, captain, "Сколько запросов?")
    assert text_of(tutor) == "1\xa0команда ждёт ответа"

    say(work, tutor)
    settle_thread(work, tutor=tutor, seen=2)

    assert text_of(tutor) == ""


@pytest.mark.parametrize("letter", sorted(DAILY, key=lambda kind: kind.name))
def test_each_kind_can_be_switched_off(work, team, cohort, tutor, captain, letter):
    cohort.rows[0].opens_on = today()
    meet(team, tutor, minutes=5)
    other = person("Юсупова Алия", "other@example.org")
    sent = Submission(cohort=cohort, module=work.module, user_id=other.id)
    sent.status, sent.sent_at = Status.WAITING, utcnow()
    save(sent)
    say(work, tutor)
    turn_down(work, captain, tutor)
    announce(cohort, team, Words("Вебинар", "Да.", today()), author=tutor)
    renew(tutor)

    reader = tutor if letter is Letter.QUEUE else captain
    some = digest_of(reader, unwanted={letter}).sections
    assert len(some) == len(digest_of(reader, unwanted=()).sections) - 1


def test_all_switched_off_is_no_letter(work, member, mails):
    switch_off(member, DAILY)

    send_digest({"person": member.id, "day": today().isoformat()})

    assert mails() == []


def test_letter_has_a_way_out(work, member, mails):
    send_digest({"person": member.id, "day": today().isoformat()})

    [file] = mails()
    letter = file.read_bytes()
    assert b"List-Unsubscribe: <http" in letter
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter


def test_letter_of_yesterday_is_not_sent(work, member, mails):
    yesterday = today() - timedelta(days=1)

    send_digest({"person": member.id, "day": yesterday.isoformat()})

    assert mails() == []


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_who_is_gone_gets_nothing(work, member, mails, gone):
    if gone == "left":
        active_membership(member).left_at = utcnow()
    else:
        member.closed_at = utcnow()
    db.session.commit()

    assert enqueue_digests(today()) == 0
    send_digest({"person": member.id, "day": today().isoformat()})
    assert mails() == []


def test_only_those_who_take_part_are_looked_at(work, member, tutor, admin):
    person("Гость", "guest@example.org")

    assert enqueue_digests(today()) == 2


def test_called_twice_it_is_one_letter(work, member, mails):
    for _ in range(2):
        enqueue_digests(today())
        while run_next():
            pass

    assert len(mails()) == 1


def test_two_workers_make_one_letter(work, member, race, mails):
    def work_on():
        jobs.enqueue_daily(utcnow().astimezone(site_zone()).replace(hour=20))
        while run_next():
            pass

    race(*[work_on] * 4)

    assert count("digest") == count("digests") == 1
    assert len(mails()) == 1


def test_day_begins_at_eight_and_once(app):
    jobs.enqueue_daily(MORNING - timedelta(minutes=1))
    assert count("digests") == 0

    for minutes in (0, 1, 300, 2, -60, 5):  # the clock jumps back, too
        jobs.enqueue_daily(MORNING + timedelta(minutes=minutes))
    assert count("digests") == 1

    jobs.enqueue_daily(MORNING + timedelta(days=1))
    assert count("digests") == 2


def test_title_cannot_add_a_header(work, module, member, mails, team, tutor):
    meeting = meet(team, tutor, minutes=5)
    meeting.title = "Разбор\r\nBcc: all@example.org"
    switch_off(member, [Letter.REMINDER])

    send_digest({"person": member.id, "day": today().isoformat()})

    [file] = mails()
    assert b"\nBcc:" not in file.read_bytes().split(b"\n\n")[0]


def test_command_says_how_many(app, work, member):
    result = app.test_cli_runner().invoke(args=["agenda", "digest"])

    assert result.output == "digest: 1 to look at\n"
    assert db.session.get(User, member.id)


@pytest.mark.parametrize(
    ("lines", "subject"),
    [
        (["4. Наставничество"], "Сроки: 4. Наставничество"),
        (
            ["4. Наставничество. Практики — ответ ждут до 5 декабря включительно", "5"],
            "Сроки: 4. Наставничество. Практики — ответ ждут до… и ещё 1",
        ),
    ],
)
def test_subject_fits_into_a_line_of_a_telephone(lines, subject):
    digest = Digest([Section("Сроки", [Line(text) for text in lines])])

    assert digest.subject == subject
    assert len(digest.subject) <= 60


def test_one_letter_names_the_team_of_each_line_for_a_person_of_two(
    module, cohort, member, tutor
):
    due(cohort, 1)
    second = join_another_cohort(member.email, is_shown=True).team
    meet(second, tutor, hours=20)

    text = text_of(member)

    assert "«Опора»: 4. Наставничество" in text
    assert "«Начало»: Разбор" in text
