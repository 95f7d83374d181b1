"""What the letter of the day says to one person."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from textwrap import shorten

from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter
from lms.network.partners.models import Agreement
from lms.network.partners.reminders import ending_for
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.entries import Entry
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.reading import news_for
from lms.overview.digest.announcements import lines_of_announcements
from lms.overview.digest.deadlines import lines_of_deadlines
from lms.overview.digest.deferrals import lines_of_deferrals
from lms.overview.digest.lessons import openings_of, renewals_of
from lms.overview.digest.meetings import lines_of_meetings
from lms.overview.digest.mentors import lines_of_mentors
from lms.overview.digest.naming import Names, names_of_teams
from lms.overview.digest.partners import lines_of_alone, lines_of_ending
from lms.overview.digest.projects import lines_of_comments, lines_without_mark
from lms.overview.digest.queue import lines_of_queue
from lms.overview.digest.reminders import lines_of_own_answers, lines_of_works
from lms.overview.digest.requests import lines_of_data_requests
from lms.overview.digest.schedule import yesterdays_letter_at
from lms.overview.digest.talks import Line, lines_of_talks, lines_of_team
from lms.overview.digest.team_letter import Relief, relief_of, teams_of_captain
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import active_memberships

# What a telephone shows of a subject.
LONGEST_SUBJECT = 60


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
    today = _Today(person, since or yesterdays_letter_at())
    sections = [
        Section(title, lines)
        for letter, (title, write) in SECTIONS.items()
        if letter not in unwanted and (lines := write(today))
    ]
    if lines := today.of_team():
        sections.append(Section("Команда", lines))
    if lines := lines_of_data_requests(person):
        sections.insert(0, Section("Персональные данные", lines))
    return Digest(
        sections,
        [] if Letter.ANNOUNCEMENT in unwanted else today.news,
        [] if Letter.REMINDER in unwanted else today.ending,
    )


@dataclass(frozen=True)
class _Today:
    """What the sections are written from; each thing is read when it is needed."""

    person: User
    since: datetime

    @cached_property
    def own(self) -> Sequence[Membership]:
        return active_memberships(self.person)

    @cached_property
    def running(self) -> list[Membership]:
        """Leave out cohorts that are over: their works are asked of nobody."""
        return [one for one in self.own if not one.team.cohort.is_closed]

    @cached_property
    def names(self) -> Names:
        return names_of_teams(self.own)

    @cached_property
    def relief(self) -> Relief:
        return relief_of(self.person, self.own)

    @cached_property
    def entries(self) -> Sequence[Entry]:
        calendar = calendar_of_person(self.person, memberships=self.running)
        return self.relief.left_of(calendar)

    @cached_property
    def news(self) -> list[Announcement]:
        return news_for(self.person, self.since)

    @cached_property
    def ending(self) -> list[Agreement]:
        return ending_for(self.person, self.own)

    def announcements(self) -> list[Line]:
        return lines_of_announcements(self.news, self.names)

    def reminders(self) -> list[Line]:
        return [
            *lines_of_works(self.entries, self.names),
            *lines_of_deadlines(self.person),
            *lines_without_mark(self.person, self.running, self.names),
            *lines_of_own_answers(self.person, self.own, self.names),
            *lines_of_ending(self.ending),
            *lines_of_alone(self.own),
        ]

    def deferrals(self) -> list[Line]:
        return lines_of_deferrals(self.person, self.relief, self.names, self.since)

    def openings(self) -> list[Line]:
        found = openings_of(self.entries, self.names, self.since)
        return [Line(*one) for one in found]

    def updates(self) -> list[Line]:
        found = renewals_of(self.person, self.names, self.since)
        return [Line(*one) for one in found]

    def meetings(self) -> list[Line]:
        return [
            *lines_of_meetings(self.entries, self.person, self.names, self.since),
            *lines_of_mentors(self.person),
        ]

    def talks(self) -> list[Line]:
        return [
            *lines_of_talks(self.person, self.relief, self.names, self.since),
            *lines_of_comments(self.person, self.running, self.names, self.since),
        ]

    def queue(self) -> list[Line]:
        return lines_of_queue(self.person)

    def of_team(self) -> list[Line]:
        return [
            line
            for team in teams_of_captain(self.person, self.own)
            for line in lines_of_team(team, self.person, self.names, self.since)
        ]


# In the order of the letter.
SECTIONS: dict[Letter, tuple[str, Callable[[_Today], list[Line]]]] = {
    Letter.ANNOUNCEMENT: ("Объявления", _Today.announcements),
    Letter.REMINDER: ("Сроки", _Today.reminders),
    Letter.DEFERRAL: ("Отсрочка", _Today.deferrals),
    Letter.OPENING: ("Открылось", _Today.openings),
    Letter.UPDATE: ("Занятие обновили", _Today.updates),
    Letter.MEETING: ("Встречи", _Today.meetings),
    Letter.TALK: ("Разговоры", _Today.talks),
    Letter.QUEUE: ("Проверка", _Today.queue),
}
