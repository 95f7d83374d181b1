"""What may happen to a joint project: added, corrected, removed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.language import plural
from lms.core.together import correct, hold
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.partners.models import Partner
from lms.network.partners.moving import move_to_empty
from lms.network.partners.rules import check
from lms.network.ventures.models import Venture
from lms.schools.teams.models import School
from lms.schools.teams.signals import school_emptied


def ventures_of(school_id: int) -> Sequence[Venture]:
    """Return the joint projects of a school, the latest first."""
    query = (
        sa.select(Venture)
        .where(Venture.school_id == school_id)
        .order_by(Venture.starts_on.desc().nulls_last(), Venture.id.desc())
        .options(selectinload(Venture.partners).selectinload(Partner.merged_into))
    )
    found: Sequence[Venture] = db.session.scalars(query).all()
    return found


def done_together(ventures: Collection[Venture]) -> dict[int, list[str]]:
    """Name the joint projects by the card of each partner, with what came of them."""
    named: defaultdict[int, list[str]] = defaultdict(list)
    for venture in ventures:
        for card in venture.cards:
            named[card.id].append(f"{venture.title}{_came_of(venture)}")
    return dict(named)


def add_venture(
    school: School,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> Venture:
    """Write down a joint project."""
    if known := added_before(Venture, form_key):
        return known
    check(values)
    venture = Venture(school_id=school.id, form_key=form_key, **dict(values))
    db.session.add(venture)
    record(author.id, "добавлен общий проект", venture)
    person_acted.send(author)
    db.session.commit()
    return venture


def change_venture(
    venture: Venture, values: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct a joint project, unless a colleague has since `seen`."""
    check(values)
    correct(venture, values, seen=seen)
    person_acted.send(author)
    db.session.commit()


def remove_venture(venture: Venture, *, author: User) -> None:
    """Take away a joint project that was written down by mistake."""
    if not hold(venture):
        return
    record(author.id, "убран общий проект", venture)
    db.session.delete(venture)
    db.session.commit()


def _came_of(venture: Venture) -> str:
    """«: 106 кг, 300 участников»."""
    told = []
    if venture.amount is not None:
        told.append(f"{venture.amount} {venture.unit}".strip())
    if venture.participants:
        words = ("участник", "участника", "участников")
        told.append(plural(venture.participants, *words))
    return f": {', '.join(told)}" if told else ""


@school_emptied.connect
def move_ventures(school: School, *, left: int) -> str:
    """Take the joint projects along, unless the right school has some."""
    return "общие проекты" if move_to_empty(Venture, left=left, to=school.id) else ""
