"""What the letter of the day says to one person."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import plural, today
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.identity.letters.models import Letter
from lms.monitoring.surveys.requests import requests_to
from lms.network.partners.models import Agreement
from lms.network.partners.reminders import ending_for
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.entries import Entry
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.reading import news_for
from lms.overview.digest.deadlines import lines_of_deadlines
from lms.overview.digest.deferrals import lines_of_deferrals
from lms.overview.digest.lessons import address_of, openings_of, renewals_of
from lms.overview.digest.mentors import lines_of_mentors
from lms.overview.digest.naming import Names, names_of_teams, title_of
from lms.overview.digest.partners import lines_of_alone, lines_of_ending
from lms.overview.digest.projects import lines_of_comments, lines_without_mark
from lms.overview.digest.requests import lines_of_data_requests
from lms.overview.digest.schedule import yesterdays_letter_at
from lms.overview.digest.talks import Line, lines_of_talks, lines_of_team
from lms.overview.digest.team_letter import (
    relief_of,
    teams_of_captain,
)
from lms.review.reviews.permissions import reviewable_works
from lms.schools.meetings.wording import when
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import active_memberships
from lms.text.stored import letter_text
from lms.work.submissions.models import Status, Submission

# Days before the due date on which a person is reminded; afterwards once a week.
AHEAD = frozenset({3, 1, 0})
WEEK = 7
# What a telephone shows of a subject.
LONGEST_SUBJECT = 60
# Of an announcement in the letter.
LONGEST_WORDS = 600


@dataclass(frozen=True)
class Section:
    """What happened of one kind; never empty."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Digest:
    """All of it; no sections, no letter."""

    sections: list[Section]
    # What the section «Объявления» tells.
    announcements: list[Announcement] = field(default_factory=list)
    # Whose last day «Сроки» names.
    agreements: list[Agreement] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """Say the first thing, so that the letter can be judged without opening."""
        more = sum(len(section.lines) for section in self.sections) - 1
        first = self.sections[0]
        rest = f" и ещё {more}" if more else ""
        said = f"{first.title}: {first.lines[0].text}"
        return shorten(said, LONGEST_SUBJECT - len(rest), placeholder="…") + rest


def digest_of(
    person: User, *, unwanted: Collection[Letter], since: datetime | None = None
) -> Digest:
    """Collect what concerns a person today, without what was switched off.

    News is what was after the letter before, by default that of yesterday.
    """
    since = since or yesterdays_letter_at()
    own = active_memberships(person)
    names, relief = names_of_teams(own), relief_of(person, own)
    # A work of a cohort that is over is asked of nobody.
    running = [one for one in own if not one.team.cohort.is_closed]
    entries = calendar_of_person(person, memberships=running)
    entries = relief.left_of(entries)
    ending = [] if Letter.REMINDER in unwanted else ending_for(person, own)
    is_told = Letter.ANNOUNCEMENT not in unwanted
    news = news_for(person, since) if is_told else []
    makers: dict[Letter, tuple[str, Callable[[], list[Line]]]] = {
        Letter.ANNOUNCEMENT: ("Объявления", lambda: _announced(news, names)),
        Letter.REMINDER: (
            "Сроки",
            lambda: [
                *_reminders(entries, names),
                *lines_of_deadlines(person),
                *lines_without_mark(person, running, names),
                *_requests(person, own, names),
                *lines_of_ending(ending),
                *lines_of_alone(own),
            ],
        ),
        Letter.DEFERRAL: (
            "Отсрочка",
            lambda: lines_of_deferrals(person, relief, names, since),
        ),
        Letter.OPENING: (
            "Открылось",
            lambda: _lines(openings_of(entries, names, since)),
        ),
        Letter.UPDATE: (
            "Занятие обновили",
            lambda: _lines(renewals_of(person, names, since)),
        ),
        Letter.MEETING: (
            "Встречи",
            lambda: [
                *_meetings(entries, person, names, since),
                *lines_of_mentors(person),
            ],
        ),
        Letter.TALK: (
            "Разговоры",
            lambda: [
                *lines_of_talks(person, relief, names, since),
                *lines_of_comments(person, running, names, since),
            ],
        ),
        Letter.QUEUE: ("Проверка", lambda: _queue(person)),
    }
    sections = [
        Section(title, lines)
        for letter, (title, make) in makers.items()
        if letter not in unwanted and (lines := make())
    ]
    told = teams_of_captain(person, own)
    if lines := [
        line for team in told for line in lines_of_team(team, person, names, since)
    ]:
        sections.append(Section("Команда", lines))
    if lines := lines_of_data_requests(person):
        sections.insert(0, Section("Персональные данные", lines))
    return Digest(sections, news, ending)


def _announced(news: Iterable[Announcement], names: Names) -> list[Line]:
    """Give the words, or the beginning of long ones, with the page of the rest."""
    return [
        Line(
            shorten(_words_of(one, names), LONGEST_WORDS, placeholder="…"),
            site_link("announcements.announcement", announcement_id=one.id),
        )
        for one in news
    ]


def _words_of(one: Announcement, names: Names) -> str:
    corrected = " (исправлено)" if one.is_corrected else ""
    return f"{names[one.cohort_id]}{one.title}{corrected}. {letter_text(one.html)}"


def _lines(found: Iterable[tuple[str, str]]) -> list[Line]:
    return [Line(*one) for one in found]


def _reminders(entries: Iterable[Entry], names: Names) -> list[Line]:
    """Name the works that the person's team has not sent by this moment."""
    return [
        Line(f"{title_of(entry, names)} — {entry.state}", address_of(entry))
        for entry in entries
        if entry.is_pending and _is_day_to_remind(entry.days_left)
    ]


def _requests(person: User, own: Sequence[Membership], names: Names) -> list[Line]:
    """Name the diagnostics and surveys that wait for the person's own answer."""
    return [
        Line(
            f"{names[one.cohort_id]}{one.sentence}",
            site_link(one.endpoint, **one.values),
        )
        for one in requests_to(person, own)
        if one.is_told_today
    ]


def _is_day_to_remind(days_left: int) -> bool:
    if days_left >= 0:
        return days_left in AHEAD
    return (-days_left - 1) % WEEK == 0


def _meetings(
    entries: Iterable[Entry], person: User, names: Names, since: datetime
) -> list[Line]:
    """Name what is today and tomorrow, and what has changed since the letter before."""
    zone = ZoneInfo(person.timezone)
    local_today = utcnow().astimezone(zone).date()
    lines = []
    for meeting in (entry.meeting for entry in entries if entry.meeting):
        ahead = (meeting.starts_at.astimezone(zone).date() - local_today).days
        is_new = meeting.changed_at >= since
        is_near = ahead in (0, 1) and not meeting.is_cancelled
        if meeting.is_over or not (is_new or is_near):
            continue
        title = f"{names[meeting.cohort_id]}{meeting.title}"
        text = f"{when(meeting.starts_at, zone)} — {title}"
        if meeting.is_cancelled:
            lines.append(Line(f"{text} (отменена)"))
        else:
            place = f" ({meeting.place})" if meeting.place else ""
            lines.append(Line(f"{text}{place}", meeting.link))
    return lines


def _queue(person: User) -> list[Line]:
    """Count what waits for a tutor."""
    if not can_judge(person):
        return []
    late = sa.func.count().filter(Submission.due_on < today())
    waiting, overdue = db.session.execute(
        reviewable_works(person)
        .where(Submission.status == Status.WAITING)
        .with_only_columns(sa.func.count(Submission.id), late)
    ).one()
    if not waiting:
        return []
    text = plural(waiting, "работа ждёт", "работы ждут", "работ ждут") + " решения"
    if overdue == waiting:
        text += ", " + ("её срок прошёл" if waiting == 1 else "срок прошёл у всех")
    elif overdue:
        works = plural(overdue, "работа", "работы", "работ")
        text += f", из них {works} с прошедшим сроком"
    return [Line(text, site_link("reviews.queue"))]
