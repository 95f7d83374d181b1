"""One partner whom a school has under two names: put together, and parted again.

Nothing moves: each row keeps its agreements and people, and is read with the other.
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.partners.models import Partner

MEANWHILE = (
    "Пока вы выбирали, одного из двух уже объединили с другим. Откройте таблицу."
)


def merge_partners(partner: Partner, into: Partner, *, author: User) -> None:
    """Read a partner under the name of another one; whoever was merged goes along."""
    go_one_by_one(f"partners {into.school_id}")
    for one in (partner, into):
        db.session.refresh(one)
    is_merged = partner.merged_into_id or into.merged_into_id
    if is_merged or partner.id == into.id or partner.school_id != into.school_id:
        db.session.rollback()
        raise RuleError(MEANWHILE)
    ours = sa.or_(Partner.id == partner.id, Partner.merged_into_id == partner.id)
    db.session.execute(sa.update(Partner).where(ours).values(merged_into_id=into.id))
    partner.joined_to_id = into.id
    record(author.id, "объединены партнёры", partner, after={"с": into.name})
    person_acted.send(author)
    db.session.commit()


def part_partner(partner: Partner, *, author: User) -> None:
    """Take a merged partner apart again, with whoever had been merged into it."""
    go_one_by_one(f"partners {partner.school_id}")
    db.session.refresh(partner)
    if partner.merged_into_id is None:
        return
    beside = sa.select(Partner).filter_by(merged_into_id=partner.merged_into_id)
    for one in _joined_to(partner, db.session.scalars(beside).all()):
        one.merged_into_id = partner.id
    partner.merged_into_id = partner.joined_to_id = None
    record(author.id, "разъединены партнёры", partner)
    person_acted.send(author)
    db.session.commit()


def _joined_to(card: Partner, others: Sequence[Partner]) -> Iterator[Partner]:
    """Return who was merged into a card, and into these."""
    for one in others:
        if one.joined_to_id == card.id:
            yield one
            yield from _joined_to(one, others)
