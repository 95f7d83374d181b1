"""What may happen to a partner: added, corrected, closed, taken up again."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.language import today
from lms.core.together import correct
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.partners.models import Partner
from lms.network.partners.moving import move_to_empty
from lms.network.partners.rules import check
from lms.schools.enrolments.spellings import key_of
from lms.schools.teams.models import School
from lms.schools.teams.signals import school_emptied

logger = logging.getLogger(__name__)

KNOWN = "Партнёр «{name}» у школы уже есть."
# 001:240–250 names some forty for one school; one page and one file hold so many.
MOST = 300
FULL = f"У школы может быть не больше {MOST} партнёров вместе с прежними."
NOT_YET = "Этот день ещё не настал: закрывают, когда работа закончилась."


def partner_named(school_id: int, name: str) -> Partner | None:
    """Return the partner that a school has under a name, however it is written."""
    known = sa.select(Partner).filter_by(school_id=school_id, name_key=key_of(name))
    return db.session.scalar(known)


def partners_by_name(school_id: int) -> dict[str, Partner]:
    """Return all partners of a school under their names as names are compared."""
    rows = db.session.scalars(sa.select(Partner).filter_by(school_id=school_id))
    return {partner.name_key: partner for partner in rows}


def add_partner(
    school: School,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> Partner:
    """Put a partner into the register of a school; two of one name are one."""
    if known := added_before(Partner, form_key):
        return known
    _check_room(school.id)
    partner = new_partner(school.id, values)
    partner.form_key = form_key
    _flush(partner)
    record(author.id, "добавлен партнёр", partner)
    person_acted.send(author)
    db.session.commit()
    logger.info("partner %s: added by user %s", partner.id, author.id)
    return partner


def new_partner(school_id: int, values: Mapping[str, Any]) -> Partner:
    """Put a partner into the transaction of the caller."""
    check(values)
    partner = Partner(
        school_id=school_id, name_key=key_of(values["name"]), **dict(values)
    )
    db.session.add(partner)
    return partner


def add_listed(
    school: School, rows: Iterable[Mapping[str, Any]], *, author: User
) -> int:
    """Add several partners at once; of one name, or one that is known, none twice."""
    go_one_by_one(f"partners {school.id}")
    known, count = set(partners_by_name(school.id)), 0
    for values in rows:
        if (key := key_of(values["name"])) in known:
            continue
        known.add(key)
        partner = new_partner(school.id, {"keeper_id": author.id} | dict(values))
        record(author.id, "добавлен партнёр", partner)
        count += 1
    db.session.flush()
    _check_room(school.id, adding=0)
    person_acted.send(author)
    db.session.commit()
    return count


def _check_room(school_id: int, *, adding: int = 1) -> None:
    """Refuse one partner too many, and with it whatever was added beside."""
    count = sa.select(sa.func.count()).where(Partner.school_id == school_id)
    if (db.session.scalar(count) or 0) + adding > MOST:
        db.session.rollback()
        raise RuleError(FULL)


def change_partner(
    partner: Partner, values: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct what is said of a partner, unless a colleague has since `seen`."""
    check({"until": partner.until} | dict(values))
    before = partner.name
    correct(partner, values, seen=seen)
    partner.name_key = key_of(partner.name)
    _flush(partner)
    if before != partner.name:
        names = {"before": {"название": before}, "after": {"название": partner.name}}
        record(author.id, "переименован партнёр", partner, **names)
    person_acted.send(author)
    db.session.commit()


def close_partner(partner: Partner, *, until: date, author: User) -> None:
    """End the work with a partner; the card and its papers stay."""
    if until > today():
        raise RuleError(NOT_YET)
    check({"since": partner.since, "until": until})
    _end(partner, until, "закрыт партнёр", author)


def reopen_partner(partner: Partner, *, author: User) -> None:
    """Take up the work with a partner again."""
    _end(partner, None, "партнёр снова в работе", author)


def _end(partner: Partner, until: date | None, action: str, author: User) -> None:
    db.session.refresh(partner, with_for_update=True)
    if partner.until == until:
        return
    partner.until = until
    partner.version += 1
    record(author.id, action, partner, after={"с": str(until)} if until else None)
    person_acted.send(author)
    db.session.commit()


def _flush(partner: Partner) -> None:
    name = partner.name
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(KNOWN.format(name=name)) from None


@school_emptied.connect
def move_partners(school: School, *, left: int) -> str:
    """Take the partners along, unless the right school has some."""
    return "партнёры" if move_to_empty(Partner, left=left, to=school.id) else ""
