"""«Взяли себе»: a school takes what another one has made, and tells what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.network.practices.models import Taken
from lms.network.practices.outsiders import refuse_names
from lms.schools.teams.models import School

Use = TypeVar("Use", bound=Taken)
# Of which thing: {"practice_id": 3}.
Owner = Mapping[str, int]


class Takers(NamedTuple):
    """How many schools took a thing, and how many told what came of it."""

    schools: int
    told: int


NOBODY = Takers(0, 0)


def takers_of(kind: type[Use], owner: str, things: Iterable[Any]) -> dict[int, Takers]:
    """Count the schools of several things at once; `owner` is the column of each."""
    of = getattr(kind, owner)
    rows = db.session.execute(
        sa.select(of, sa.func.count(), sa.func.count(kind.told_at))
        .where(of.in_([thing.id for thing in things]))
        .group_by(of)
        .order_by(of)
    )
    return {number: Takers(schools, told) for number, schools, told in rows}


def take(
    kind: type[Use], owner: Owner, said: str, *, school: School, user: User
) -> None:
    """Remember that a school has taken a thing, or what has come of it since."""
    refuse_names(said)
    go_one_by_one(f"{kind.__name__}:{owner}:{school.id}")
    use = use_by(kind, owner, school)
    if use is None:
        facts = dict(owner) | {"school_id": school.id, "user_id": user.id}
        use = kind(**facts)
        db.session.add(use)
    if said:
        use.said, use.told_at, use.user_id = said, utcnow(), user.id
    person_acted.send(user)
    db.session.commit()


def use_by(kind: type[Use], owner: Owner, school: School) -> Use | None:
    """Return what a school has said of a thing that it took."""
    mine = dict(owner) | {"school_id": school.id}
    return db.session.scalar(sa.select(kind).filter_by(**mine))


def uses_of(kind: type[Use], owner: Owner) -> Sequence[Use]:
    """Return who took a thing, those first who told what came of it."""
    return db.session.scalars(
        sa.select(kind)
        .filter_by(**owner)
        .order_by(kind.told_at.is_(None), kind.id)
        .options(joinedload(kind.school))
    ).all()


def move(
    kind: type[Use], owner: str, own: sa.Select[int], *, left: int, to: int
) -> None:
    """Move what a school took to another, but for its `own` and what that one took."""
    of, known = getattr(kind, owner), aliased(kind)
    theirs = sa.select(getattr(known, owner)).where(known.school_id == to)
    moved = sa.update(kind).where(
        kind.school_id == left, of.not_in(theirs), of.not_in(own)
    )
    db.session.execute(moved.values(school_id=to))
