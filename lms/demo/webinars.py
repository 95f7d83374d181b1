"""The webinars with which the cohorts of the demonstration have begun."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.demo.story import backdate
from lms.identity.accounts.models import User
from lms.schools.meetings.aftermath import Aftermath, aftermath_of, tell_aftermath
from lms.schools.meetings.attendance import mark_present, watch_recording
from lms.schools.meetings.lists import confirm_attendance, plan_of, upload_attendance
from lms.schools.meetings.models import Meeting, MeetingKind
from lms.schools.meetings.services import Arrangement, create_meeting
from lms.schools.teams.models import Membership

LINK = "https://video.example.org/vvodnyy-vebinar"
SUMMARY = """Договорились, с чего начать:

- до пятницы каждый отвечает на три вопроса задания «Зачем я здесь»;
- капитан зовёт в команду хотя бы двоих, кто в школе не работает;
- вопросы тьютору пишем под занятием, отвечает в течение дня.
"""
HEADINGS = [
    "Имя (настоящее имя)",
    "Адрес электронной почты",
    "Время входа",
    "Время выхода",
]
# Who came: by which minute of the webinar, and until which.
CAME = [
    ("Анна Седова", "captain@example.org", 0, 40),
    ("телефон (Седова Анна)", "", 20, 60),
    ("Орлов Олег", "member@example.org", 0, 60),
    ("Фролова Дарья Ильинична", "", 5, 60),
    ("Алия Юсупова", "other@example.org", 0, 58),
    ("Рогов Пётр", "", 2, 60),
    ("Гусева Нина", "guseva@example.org", 0, 60),
    ("Артём Тихонов", "", 10, 35),
    ("Панина Ольга", "panina@example.org", 0, 60),
    ("Крылова Елена Павловна", "krylova@example.org", 0, 60),
    ("Olga iPhone", "", 3, 50),
]
WATCHED = "lisitsyna@example.org"
# Came to the team when the webinar was over.
LATE = "somov@example.org"


def first_webinar(cohort: Cohort, tutor: User, lesson: Module) -> Meeting:
    """Hold the webinar with which a cohort has begun."""
    soon = datetime.combine(today() + timedelta(1), time(17), tzinfo=site_zone())
    arrangement = Arrangement(
        "Вводный вебинар", soon, 60, "", LINK, MeetingKind.WEBINAR, lesson.id
    )
    meeting = create_meeting(cohort, None, arrangement, actor=tutor)
    held = datetime.combine(
        cohort.starts_on + timedelta(3), time(17), tzinfo=site_zone()
    )
    moments = {"starts_at": held, "created_at": held - timedelta(7)}
    backdate(Meeting, "id", meeting.id, **moments, changed_at=moments["created_at"])
    return meeting


def all_came(cohort: Cohort, tutor: User, lesson: Module) -> None:
    """Hold a webinar to which everybody came."""
    meeting = first_webinar(cohort, tutor, lesson)
    here = sa.select(Membership.user_id).where(Membership.cohort_id == cohort.id)
    people = db.session.scalars(here.order_by(Membership.user_id)).all()
    mark_present(meeting, shown=people, was=[], present=people, actor=tutor)


def nine_came(cohort: Cohort, tutor: User, lesson: Module) -> None:
    """Hold a webinar to which nine of thirteen came, and a guest; one watched it."""
    late = datetime.combine(cohort.starts_on + timedelta(10), time(9), site_zone())
    backdate(Membership, "user_id", _person(LATE).id, joined_at=late)
    meeting = first_webinar(cohort, tutor, lesson)
    content = _list(CAME, meeting.starts_at)
    uploaded = upload_attendance(
        meeting, content=content, name="участники.csv", author=tutor
    )
    seen = plan_of(uploaded).fingerprint
    confirm_attendance(uploaded, seen=seen, taken={}, everybody=False, actor=tutor)
    before = aftermath_of(meeting).fingerprint
    told = Aftermath(SUMMARY, LINK)
    tell_aftermath(meeting, told, seen=before, actor=tutor)
    watch_recording(meeting, _person(WATCHED))


def _list(people: Iterable[tuple[str, str, int, int]], starts_at: datetime) -> bytes:
    """Write a list as a service of meetings does."""
    file = io.StringIO(newline="")
    rows = [HEADINGS]
    for name, email, *span in people:
        local = starts_at.astimezone(site_zone())
        moments = [local + timedelta(minutes=minute) for minute in span]
        rows.append([name, email, *(f"{one:%d.%m.%Y %H:%M:%S}" for one in moments)])
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def _person(email: str) -> User:
    return db.session.scalars(sa.select(User).filter_by(email=email)).one()
