"""What becomes of the things that a person has on the site, by the map."""

from typing import NamedTuple

import sqlalchemy as sa

from lms.core.backup.rows import tables
from lms.core.extensions import db
from lms.core.personal import DELETED, KEPT, NAMELESS, OnErase, declarations, is_of
from lms.identity.accounts.models import User


class Fates(NamedTuple):
    """The titles of what a person has, each in the order of the site."""

    deleted: list[str]
    nameless: list[str]
    kept: list[str]


def fates_of(person: User) -> Fates:
    """Sort what a person has by what becomes of it; one statement."""
    ways = [
        (table, way, declared.title, fate)
        for table in tables()
        if (declared := declarations[table.name]).is_personal
        and table is not User.__table__  # of that the page speaks first
        for way, fate in declared.of.items()
    ]
    has = (
        sa.exists().where(is_of(table, way, person_id=person.id, email=person.email))
        for table, way, *_ in ways
    )
    answers = db.session.execute(sa.select(*has)).one()
    had = zip(ways, answers, strict=True)
    found = [(title, fate) for (_, _, title, fate), is_there in had if is_there]

    def titles(wanted: OnErase) -> list[str]:
        return list(dict.fromkeys(title for title, fate in found if fate is wanted))

    return Fates(titles(DELETED), titles(NAMELESS), titles(KEPT))
