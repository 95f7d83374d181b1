"""Who is asked about a version of a card, what they said, and what may stand on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import plural
from lms.identity.accounts.models import User
from lms.identity.erasures.ties import Tie, ties_people
from lms.network.practices.models import Part, Practice, PracticeConsent, PracticeQuote
from lms.network.practices.permissions import is_quoted, public_practices

# Whoever is silent longer has not agreed, and the card goes without those words.
SILENCE = timedelta(days=14)
# Without these a card tells nothing.
ESSENTIAL = frozenset({Part.WHAT, Part.HOW})


@dataclass(frozen=True)
class Consents:
    """One version of a card as its people see it."""

    practice: Practice
    # Whom each field quotes.
    quoted: dict[Part, list[User]]
    said: dict[int, PracticeConsent]

    def agrees(self, person_id: int | None) -> bool:
        """Tell whether a person said yes to this very version."""
        said = self.said.get(person_id or 0)
        return said is not None and said.agrees

    @cached_property
    def shown(self) -> list[Part]:
        """Return the fields that the captain and every person quoted agreed to."""
        if not self.agrees(self.practice.asked_by_id):
            return []
        return [
            part
            for part in Part
            if self.practice.text_of(part)
            and all(self.agrees(person.id) for person in self.quoted.get(part, []))
        ]

    @cached_property
    def left_out(self) -> list[Part]:
        """Return the fields that have words and may not stand on the card."""
        return [p for p in Part if self.practice.text_of(p) and p not in self.shown]

    @cached_property
    def authors(self) -> list[User]:
        """Return everybody quoted, once."""
        people = {one.id: one for part in self.quoted.values() for one in part}
        return [people[number] for number in sorted(people)]

    def asks(self, person: User) -> bool:
        """Tell whoever is quoted, and the captain who showed this version to them."""
        return person.id in self.said or person in self.authors

    @cached_property
    def awaited(self) -> list[User]:
        """Return who has not answered yet and still can."""
        return [
            one
            for one in self.authors
            if one.id not in self.said and one.closed_at is None
        ]

    @cached_property
    def named(self) -> list[User]:
        """Return whose names stand on the card: they said so themselves."""
        mine = {self.practice.asked_by_id, *self.quoted_on_card}
        return [
            one.user
            for one in self.said.values()
            if one.agrees
            and one.shows_name
            and one.user_id in mine
            and one.user.closed_at is None
        ]

    @property
    def quoted_on_card(self) -> set[int]:
        return {one.id for part in self.shown for one in self.quoted.get(part, [])}

    @property
    def has_essentials(self) -> bool:
        return ESSENTIAL.issubset(self.shown)

    @property
    def ends_at(self) -> datetime | None:
        """Return when the card goes on without those who are silent."""
        asked_at = self.practice.asked_at
        return asked_at + SILENCE if asked_at else None

    def parts_of(self, person: User) -> list[Part]:
        """Return the fields that quote a person."""
        return [
            part
            for part, people in self.quoted.items()
            if person.id in {one.id for one in people}
        ]


def consents_of(practice: Practice) -> Consents:
    """Read the present version; two statements, however many people there are."""
    here = {"practice_id": practice.id, "version": practice.version}
    quotes = db.session.execute(
        sa.select(PracticeQuote.part, User)
        .join(User, User.id == PracticeQuote.user_id)
        .filter_by(**here)
        .order_by(PracticeQuote.user_id)
    )
    quoted: dict[Part, list[User]] = {}
    for part, person in quotes:
        quoted.setdefault(part, []).append(person)
    said: Sequence[PracticeConsent] = db.session.scalars(
        sa.select(PracticeConsent)
        .filter_by(**here)
        .order_by(PracticeConsent.user_id)
        .options(joinedload(PracticeConsent.user))
    ).all()
    return Consents(practice, quoted, {one.user_id: one for one in said})


@ties_people
def tied_by_words(person: User) -> Iterator[Tie]:
    """What an author agreed to show stays on the card, without the name."""
    cards = public_practices().where(is_quoted(person)).subquery()
    if count := db.session.scalar(sa.select(sa.func.count()).select_from(cards)):
        forms = "карточке", "карточках", "карточках"
        yield Tie(
            f"Ваши слова стоят в {plural(count, *forms)} банка практик и останутся"
            " там без вашего имени. Чтобы их убрать, сначала заберите согласие.",
            is_binding=False,
        )
