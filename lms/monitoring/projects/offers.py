"""Events that accepted works offer: nothing is added that nobody has ticked."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.monitoring.projects.lines import OfferedLine, lines_of
from lms.monitoring.projects.models import Event, Project
from lms.monitoring.projects.services import begin_project, new_row
from lms.outcomes.plans.plan import Section, plan_of
from lms.outcomes.plans.signals import plan_changed
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt

# Fields of assignments in which a team says who does what by when.
FIELDS = frozenset({"obyazatelstva", "proekt", "dorozhnaya_karta"})
LONGEST_WHAT, LONGEST_WHO = 300, 200

Source = tuple[int, str]


@dataclass(frozen=True)
class Offer:
    """A line of an accepted work from which an event may be made."""

    what: str
    who: str
    due_on: date | None
    # The section of the plan in which the line stands, and the mark of the line.
    section: Section
    line: str

    @property
    def lacks(self) -> list[str]:
        """Name what the line does not say and an event needs."""
        told = {"ответственного": self.who, "срок": self.due_on}
        return [what for what, value in told.items() if not value]

    @property
    def attempt(self) -> Attempt:
        return self.section.attempt

    @property
    def source(self) -> Source:
        return self.attempt.id, self.line

    @property
    def key(self) -> str:
        return f"{self.attempt.id}-{self.line}"


@dataclass(frozen=True)
class Taken:
    """An offer that was ticked, as the team has worded it."""

    offer: Offer
    what: str
    who: str
    due_on: date


def offers_of(team: Team, project: Project | None) -> list[Offer]:
    """Return what accepted works offer and was never taken."""
    taken = _taken(project)
    offers = {offer.key: offer for offer in _offers(plan_of(team))}
    return [offer for offer in offers.values() if offer.source not in taken]


def take(team: Team, ticked: Iterable[Taken], *, author: User) -> int:
    """Make events of the ticked offers; what was taken meanwhile is taken once."""
    project, count = begin_project(team), 0
    known = _taken(project)
    for one in ticked:
        if one.offer.source in known:
            continue
        values = {"what": one.what, "who": one.who, "due_on": one.due_on}
        event = new_row(team, Event, values)
        event.source_attempt_id, event.source_line = one.offer.source
        count += 1
    person_acted.send(author)
    plan_changed.send(team.id)
    db.session.commit()
    return count


def _taken(project: Project | None) -> set[Source]:
    if project is None:
        return set()
    source = sa.select(Event.source_attempt_id, Event.source_line)
    source = source.where(Event.project_id == project.id)
    return {
        (attempt_id, line)
        for attempt_id, line in db.session.execute(source)
        if attempt_id
    }


def _offers(sections: Iterable[Section]) -> Iterator[Offer]:
    for section in sections:
        since = course_day(section.attempt.sent_at)
        for paragraph in section.paragraphs:
            if paragraph.key in FIELDS:
                for line in lines_of(paragraph.text, since=since):
                    yield _offer(line, section)


def _offer(line: OfferedLine, section: Section) -> Offer:
    """Give a line a mark of its own words, by which it is known when it was taken."""
    words = f"{line.what}\n{line.who}\n{line.due_on}"
    return Offer(
        what=shorten(line.what, LONGEST_WHAT, placeholder="…"),
        who=shorten(line.who, LONGEST_WHO, placeholder="…"),
        due_on=line.due_on,
        section=section,
        line=hashlib.sha256(words.encode()).hexdigest()[:16],
    )
