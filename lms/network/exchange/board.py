"""What neighbours show, with what suits one's own lines first."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.network.exchange.models import ShownLine
from lms.network.exchange.permissions import is_near
from lms.network.partners.models import Partner, PartnerKind
from lms.network.partners.permissions import own_schools
from lms.schools.teams.models import School


@dataclass(frozen=True)
class OwnLines:
    """What the schools of a person show themselves: only this is matched.

    So both sides read the same match, and none learns what the other has not shown.
    """

    lines: Sequence[ShownLine]

    @property
    def wanted(self) -> dict[PartnerKind, str]:
        """Return what partners need, by their kind."""
        return {one.partner.kind: one.partner.wants for one in self._with("wants")}

    @property
    def given(self) -> dict[PartnerKind, str]:
        """Return what partners give, by their kind."""
        return {one.partner.kind: one.partner.gives for one in self._with("gives")}

    def match(self, partner: Partner) -> str:
        """Say what suits of a neighbour's line: first what it gives to our need."""
        if partner.gives and (need := self.wanted.get(partner.kind)):
            return f"у вас такому партнёру нужно: {need}"
        if partner.wants and (help_ := self.given.get(partner.kind)):
            return f"у вас такой партнёр даёт: {help_}"
        return ""

    def _with(self, field: str) -> list[ShownLine]:
        return [one for one in self.lines[::-1] if getattr(one.partner, field)]


def own_lines(user: User) -> OwnLines:
    """Return what the schools of a person show to their neighbours."""
    lines = (
        sa.select(ShownLine)
        .join(ShownLine.partner)
        .where(ShownLine.is_read(), Partner.school_id.in_(own_schools(user)))
        .order_by(Partner.name_key, ShownLine.id)
        .options(contains_eager(ShownLine.partner))
    )
    return OwnLines(db.session.scalars(lines).all())


def lines_for(
    user: User, own: OwnLines, kind: PartnerKind | None = None
) -> sa.Select[ShownLine]:
    """Return what neighbours show to a person, what suits first."""
    suits = sa.case(
        (sa.and_(Partner.gives != "", Partner.kind.in_(own.wanted)), 0),
        (sa.and_(Partner.wants != "", Partner.kind.in_(own.given)), 1),
        else_=2,
    )
    found = (
        sa.select(ShownLine)
        .join(ShownLine.partner)
        .join(Partner.school)
        .where(ShownLine.is_read(), is_near(user))
        .where(Partner.school_id.not_in(own_schools(user)))
        .order_by(suits, School.municipality, School.name, ShownLine.id)
        .options(joinedload(ShownLine.partner).joinedload(Partner.school))
    )
    return found.where(Partner.kind == kind) if kind else found
