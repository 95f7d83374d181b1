"""The register of a school as it is read: a line for each partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.network.partners.models import Agreement, Partner
from lms.network.partners.permissions import people_of


@dataclass(frozen=True)
class Line:
    """A partner, and what is known of the partner on a day."""

    partner: Partner
    has_keeper: bool
    on: date

    @property
    def in_force(self) -> list[Agreement]:
        """Return the agreements that are not over."""
        return [one for one in self.partner.all_agreements if not one.is_over(self.on)]


@dataclass(frozen=True)
class Register:
    """The partners of a school: those of now, and those with whom it is over."""

    present: list[Line]
    closed: list[Line]

    @property
    def without_keeper(self) -> list[Line]:
        return [line for line in self.present if not line.has_keeper]


def register_of(school_id: int) -> Register:
    """Return the register of a school; as many statements, however long it is."""
    partners = db.session.scalars(
        sa.select(Partner)
        .where(Partner.school_id == school_id, Partner.merged_into_id.is_(None))
        .order_by(Partner.name_key, Partner.id)
        .options(
            joinedload(Partner.keeper),
            selectinload(Partner.agreements),
            selectinload(Partner.merged).selectinload(Partner.agreements),
        )
    ).all()
    here = set(db.session.scalars(people_of(school_id).with_only_columns(User.id)))
    lines = [Line(one, one.keeper_id in here, today()) for one in partners]
    return Register(
        [line for line in lines if not line.partner.is_closed],
        [line for line in lines if line.partner.is_closed],
    )


def cards_of(school_id: int) -> Sequence[Partner]:
    """Return the partners of a school that have a card of their own."""
    cards = sa.select(Partner).filter_by(school_id=school_id, merged_into_id=None)
    found: Sequence[Partner] = db.session.scalars(
        cards.order_by(Partner.name_key, Partner.id)
    ).all()
    return found
