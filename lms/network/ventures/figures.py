"""What indicators and year reports may count of partners: so many of so many."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, selectinload

from lms.core.extensions import db
from lms.core.periods import Period
from lms.network.partners.models import Agreement, AgreementKind, Partner
from lms.network.ventures.models import Authors, Venture, VenturePartner
from lms.schools.teams.models import School


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int


Shares = dict[int, Share]
# The card under which a partner is read.
CARD = sa.func.coalesce(Partner.merged_into_id, Partner.id)


def with_written_agreement(school_ids: Collection[int], on: date) -> Shares:
    """Count the partners with something in writing that holds, of those of a day."""
    written = (
        sa.select(CARD)
        .join(Agreement, Agreement.partner_id == Partner.id)
        .where(Agreement.kind != AgreementKind.SPOKEN)
        .where(sa.or_(Agreement.signed_on.is_(None), Agreement.signed_on <= on))
        .where(sa.or_(Agreement.ends_on.is_(None), Agreement.ends_on >= on))
    )
    return share_of_partners(school_ids, on, written)


def in_joint_projects(period: Period) -> sa.Select[int]:
    """Return the cards of partners with a joint project in a period."""
    return (
        sa.select(CARD)
        .join(VenturePartner, VenturePartner.partner_id == Partner.id)
        .join(Venture, Venture.id == VenturePartner.venture_id)
        .where(_is_in(period))
    )


def share_of_partners(
    school_ids: Collection[int], on: date, *some: sa.Select[int]
) -> Shares:
    """Count the cards in any of the lists, of those of a day; each of them once."""
    is_one = sa.or_(*(Partner.id.in_(cards) for cards in some))
    part = sa.func.count().filter(is_one)
    counted = sa.select(Partner.school_id, part, sa.func.count())
    return _shares(
        counted.where(Partner.school_id.in_(school_ids))
        .where(Partner.merged_into_id.is_(None))
        .where(sa.or_(Partner.since.is_(None), Partner.since <= on))
        .where(sa.or_(Partner.until.is_(None), Partner.until >= on))
        .group_by(Partner.school_id)
        .order_by(Partner.school_id)
    )


def by_others_than_staff(school_ids: Collection[int], period: Period) -> Shares:
    """Count the joint projects that a teacher did not think of alone."""
    others = sa.func.count().filter(Venture.authors != Authors.TEACHER)
    counted = sa.select(Venture.school_id, others, sa.func.count())
    return _shares(
        counted.where(Venture.school_id.in_(school_ids), _is_in(period))
        .group_by(Venture.school_id)
        .order_by(Venture.school_id)
    )


def projects_in(school_ids: Collection[int], period: Period) -> Sequence[Venture]:
    """List the joint projects of a period with their partners; two statements."""
    query = (
        sa.select(Venture)
        .join(Venture.school)
        .where(Venture.school_id.in_(school_ids), _is_in(period))
        .options(
            contains_eager(Venture.school),
            selectinload(Venture.partners).joinedload(Partner.merged_into),
        )
        .order_by(School.name, School.id, Venture.starts_on, Venture.id)
    )
    return db.session.scalars(query).all()


def _is_in(period: Period) -> sa.ColumnElement[bool]:
    """Tell of a joint project whether it went on in a period."""
    begun = sa.or_(Venture.starts_on.is_(None), Venture.starts_on <= period.ends_on)
    lasts = sa.or_(Venture.ends_on.is_(None), Venture.ends_on >= period.starts_on)
    return sa.and_(begun, lasts)


def _shares(query: Any) -> Shares:
    rows = db.session.execute(query)
    return {school_id: Share(part, whole) for school_id, part, whole in rows}
