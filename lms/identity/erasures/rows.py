"""What the map says of a person's rows: they go, lose the name, or stay."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from lms.core.backup.rows import tables
from lms.core.extensions import db
from lms.core.personal import (
    DELETED,
    NAMELESS,
    Declaration,
    OnErase,
    declarations,
    is_of,
)
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.search import about_people
from lms.identity.erasures.cells import may_hold, rewrite
from lms.identity.erasures.name_forms import (
    REMOVED,
    KnownAs,
    beginnings,
    pattern_of,
)


def erase_rows(person: User, known: KnownAs, *, called: str) -> None:
    """Do with every row what its declaration says, in the caller's transaction.

    Names go first: what is about to be deleted may be the way to other rows. Of rows
    that refer to one another the last go before the first.
    """
    namesakes = has_namesake(person, known)
    for table in tables():
        declared = declarations[table.name]
        own = list(_own(table, declared, person, known))
        _replace_names(table, declared, known, called, _whose(own, all_=not namesakes))
        _clear_file_names(table, declared, known)
        kept = [which for which, fate in own if fate is not DELETED]
        if declared.emptied and table is not User.__table__:
            _empty(table, declared, kept)
    for table in reversed(tables()):
        for which, fate in _own(table, declarations[table.name], person, known):
            if fate is DELETED:
                db.session.execute(sa.delete(table).where(which))


def has_namesake(person: User, known: KnownAs) -> bool:
    """Tell whether somebody else here has one of the person's names.

    Then a name in a row that is not the person's own may be the other one's.
    """
    others = User.id != person.id, User.full_name.in_(known.names)
    return db.session.scalar(sa.select(User.id).where(*others).limit(1)) is not None


def _own(
    table: sa.Table, declared: Declaration, person: User, known: KnownAs
) -> Iterator[tuple[sa.ColumnElement[bool], OnErase]]:
    """Return when a row is the person's, and what becomes of it."""
    for way, fate in declared.of.items():
        ways = (
            is_of(table, way, person_id=person.id, email=address)
            for address in known.addresses
        )
        yield sa.or_(*ways), fate
    if table is AuditEvent.__table__:
        yield sa.or_(*about_people([person.id])), NAMELESS


def _whose(
    own: list[tuple[sa.ColumnElement[bool], OnErase]], *, all_: bool
) -> sa.ColumnElement[bool]:
    return sa.true() if all_ else sa.or_(sa.false(), *(which for which, _ in own))


def _replace_names(
    table: sa.Table,
    declared: Declaration,
    known: KnownAs,
    called: str,
    which: sa.ColumnElement[bool],
) -> None:
    """Write a number in place of the names and addresses that the site has written."""
    if not declared.names or table is User.__table__:
        return
    cells = (may_hold(table.c[name], known.words) for name in declared.names)
    written = known.written
    rewrite(
        table,
        declared.names,
        sa.and_(which, sa.or_(*cells)),
        lambda text: written.sub(called, text),
    )


def _clear_file_names(table: sa.Table, declared: Declaration, known: KnownAs) -> None:
    """Take the name out of what files are called, whoever has called them so."""
    pattern = pattern_of(known)
    for name in declared.free & {*declared.files.values()}:
        which = may_hold(table.c[name], beginnings(known))
        rewrite(table, {name}, which, lambda text: pattern.sub(REMOVED, text))


def _empty(
    table: sa.Table, declared: Declaration, kept: list[sa.ColumnElement[bool]]
) -> None:
    if kept:
        values = {name: _nothing(table.c[name]) for name in declared.emptied}
        db.session.execute(sa.update(table).where(sa.or_(*kept)).values(**values))


def _nothing(column: sa.Column[Any]) -> Any:
    if column.nullable:
        return None
    return {} if isinstance(column.type, sa.JSON) else ""
