"""Two spellings of one territory become one, and no figure of either is lost.

The row of the other spelling stays, as a part of the one that is kept: what names it
goes on counting there, and a list that still writes it so is understood.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import School
from lms.schools.territories.models import Coordination, SchoolTerritory, Territory
from lms.schools.territories.naming import above, name_schools_within
from lms.schools.territories.services import TREE
from lms.schools.territories.signals import territory_merged

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Merger:
    """What would move if a territory were merged into another."""

    gone: Territory
    kept: Territory
    # Parts that both have under one name become one as well.
    pairs: list[tuple[Territory, Territory]]
    schools: list[School]
    parts: list[Territory]
    people: list[str]
    # The names of schools that both have now.
    twins: list[str]

    @property
    def refusal(self) -> str:
        """Say why it cannot be done; nothing if it can."""
        if self.gone in (self.kept, *above(self.kept)):
            return "Территорию не объединить с тем, что лежит внутри неё."
        if self.twins:
            names = ", ".join(self.twins)
            return f"В обеих есть школы с одним названием: {names}. Назовите их разно."
        return ""


def plan_merger(gone: Territory, kept: Territory) -> Merger:
    """Look what would move; changes nothing."""
    pairs = list(_pairs(gone, kept))
    ids = [one.id for one, _ in pairs]
    present = SchoolTerritory.until.is_(None), SchoolTerritory.territory_id.in_(ids)
    schools = sa.select(School).join(
        SchoolTerritory, SchoolTerritory.school_id == School.id
    )
    people = (
        sa.select(User.full_name)
        .join(Coordination, Coordination.user_id == User.id)
        .where(Coordination.until.is_(None), Coordination.territory_id.in_(ids))
        .distinct()
    )
    moved = {parent.id: _parts(target) for parent, target in pairs}
    parts = [
        part
        for parent, _ in pairs
        for part in _parts(parent)
        if part.name not in {one.name for one in moved[parent.id]}
    ]
    return Merger(
        gone,
        kept,
        pairs,
        list(db.session.scalars(schools.where(*present).order_by(School.name))),
        parts,
        list(db.session.scalars(people.order_by(User.full_name))),
        [name for one, target in pairs for name in _twins(one, target)],
    )


def merge_territory(gone: Territory, kept: Territory, *, actor: User) -> None:
    """Make two territories one; schools, parts and people of the first move."""
    go_one_by_one(TREE)
    merger = plan_merger(gone, kept)
    if merger.refusal or gone.merged_at or kept.merged_at:
        db.session.rollback()
        raise RuleError(merger.refusal or "Их уже объединили.")
    for one, target in merger.pairs:
        _empty(one, target)
        territory_merged.send(one, kept=target)
    name_schools_within(kept)
    for _, target in merger.pairs[1:]:
        name_schools_within(target)
    facts = {"школ": len(merger.schools), "частей": len(merger.parts)}
    record(actor.id, "объединены территории", gone, after=facts | {"в": kept.name})
    db.session.commit()
    logger.info("territory %s: merged into %s by %s", gone.id, kept.id, actor.id)


def _pairs(gone: Territory, kept: Territory) -> Iterator[tuple[Territory, Territory]]:
    yield gone, kept
    known = {part.name: part for part in _parts(kept)}
    for part in _parts(gone):
        if twin := known.get(part.name):
            yield from _pairs(part, twin)


def _parts(territory: Territory) -> list[Territory]:
    parts = sa.select(Territory).where(
        Territory.parent_id == territory.id, Territory.merged_at.is_(None)
    )
    return list(db.session.scalars(parts.order_by(Territory.name, Territory.id)))


def _twins(one: Territory, other: Territory) -> list[str]:
    """Return the names that schools of both territories have now."""
    names = [
        sa.select(School.name)
        .join(SchoolTerritory, SchoolTerritory.school_id == School.id)
        .where(SchoolTerritory.until.is_(None))
        .where(SchoolTerritory.territory_id == territory.id)
        for territory in (one, other)
    ]
    return sorted(db.session.scalars(sa.intersect(*names)))


def _empty(gone: Territory, kept: Territory) -> None:
    """Move all that a territory has, and make it a spelling of the other."""
    gone.parent, gone.merged_at = kept, utcnow()
    db.session.flush()
    known = {part.name for part in _parts(kept)}
    for part in _parts(gone):
        if part.name not in known:
            part.parent = kept
    held = sa.select(Coordination.user_id).where(
        Coordination.territory_id == kept.id, Coordination.until.is_(None)
    )
    moves = sa.update(Coordination).where(Coordination.territory_id == gone.id)
    is_double = Coordination.until.is_(None), Coordination.user_id.in_(held)
    db.session.execute(moves.where(*is_double).values(until=today()))
    db.session.execute(moves.values(territory_id=kept.id))
    db.session.execute(
        sa.update(SchoolTerritory)
        .where(SchoolTerritory.territory_id == gone.id)
        .values(territory_id=kept.id)
    )
