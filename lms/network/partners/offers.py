"""Partners whom accepted works name: none is added that nobody has ticked."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.network.partners.hints import Hint, agreements_in, groups_in, sources_in
from lms.network.partners.models import Partner
from lms.network.partners.services import add_listed
from lms.outcomes.plans.plan import Section, plan_of
from lms.schools.enrolments.spellings import key_of
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import own_teams

# Fields of assignments that name people and organisations, and how each is read.
FIELDS = {
    "karta": groups_in,
    "dogovorennosti": agreements_in,
    "istochniki": sources_in,
}
LONGEST = 200

Source = tuple[int, str]


@dataclass(frozen=True)
class Offer:
    """A line of an accepted work that may become a partner."""

    hint: Hint
    # The section of the plan in which the line stands, and the mark of the line.
    section: Section
    line: str

    @property
    def source(self) -> Source:
        return self.section.attempt.id, self.line

    @property
    def key(self) -> str:
        return f"{self.section.attempt.id}-{self.line}"

    @property
    def name(self) -> str:
        return shorten(self.hint.name, LONGEST, placeholder="…")


def offers_of(school: School, *, viewer: User) -> list[Offer]:
    """Return what works of the viewer's teams name and the register has not yet."""
    rows = db.session.execute(
        sa.select(Partner.source_line, Partner.name_key)
        .where(Partner.school_id == school.id)
        .order_by(Partner.id)
    ).all()
    taken, names = {line for line, _ in rows}, {name for _, name in rows}
    # Two teams of a school may have written the same line.
    offers: dict[str, Offer] = {}
    for offer in _offers(school, viewer):
        offers.setdefault(offer.line, offer)
    return [
        offer
        for offer in offers.values()
        if offer.line not in taken and key_of(offer.name) not in names
    ]


def take(
    school: School, ticked: Iterable[tuple[Offer, Mapping[str, Any]]], *, author: User
) -> int:
    """Make partners of the ticked offers; what was taken meanwhile is taken once."""
    rows = []
    for offer, values in ticked:
        attempt_id, line = offer.source
        source = {"source_attempt_id": attempt_id, "source_line": line}
        rows.append(dict(values) | source)
    return add_listed(school, rows, author=author)


def _offers(school: School, viewer: User) -> Iterator[Offer]:
    own = Team.id.in_(own_teams(viewer)), Team.school_id == school.id
    for team in db.session.scalars(sa.select(Team).where(*own).order_by(Team.id)):
        for section in plan_of(team):
            for paragraph in section.paragraphs:
                if read := FIELDS.get(paragraph.key):
                    for hint in read(paragraph.text):
                        yield Offer(hint, section, _mark(hint))


def _mark(hint: Hint) -> str:
    """Give a line a mark of its own words, by which it is known when it was taken."""
    return hashlib.sha256(hint.text.encode()).hexdigest()[:16]
