"""The name of an erased person in what others typed: a job finds it, people decide."""

import json
import logging
from collections.abc import Iterator
from enum import Enum
from typing import Any

import sqlalchemy as sa

from lms.core.backup.rows import tables
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.core.personal import Declaration, declarations
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.identity.erasures.cells import may_hold, rewrite, rows_with, texts_of
from lms.identity.erasures.lock import lock_erasure
from lms.identity.erasures.models import Decision, Erasure, Mention
from lms.identity.erasures.name_forms import REMOVED, KnownAs, beginnings, pattern_of
from lms.identity.erasures.rows import has_namesake
from lms.identity.erasures.signals import names_removed
from lms.identity.erasures.wording import FILE_TEXTS, place_of

logger = logging.getLogger(__name__)

SEARCH = "search names"


@job(SEARCH, "Удаление: имя в текстах, которые писали другие")
def search_names(payload: dict[str, Any]) -> None:
    """List the texts that name an erased person, and end the request if none is left.

    A table at a time is read, in a transaction that lets others write meanwhile.
    """
    erasure = db.session.get_one(Erasure, payload["request"])
    if erasure.known_as is None:
        return
    known, request_id = KnownAs(**erasure.known_as), erasure.request_id
    searched = searched_columns(erasure.request.user, known)
    db.session.rollback()
    for table, columns in searched.items():
        _add(request_id, table, list(_found(table, columns, known)))
    _end_if_decided(request_id)


def searched_columns(person: User, known: KnownAs) -> dict[sa.Table, frozenset[str]]:
    """Return the columns in which anybody may have typed the name of a person.

    Where two people have one name, what the site wrote about either is looked at too.
    """
    with_names = has_namesake(person, known)

    def columns_of(declared: Declaration) -> frozenset[str]:
        return declared.free | (declared.names if with_names else frozenset())

    return {
        table: columns
        for table in tables()
        if (columns := columns_of(declarations[table.name]))
        and table is not User.__table__
    }


def _found(table: sa.Table, columns: frozenset[str], known: KnownAs) -> Iterator[str]:
    db.session.connection(execution_options={"reads_only": True})
    pattern, begins = pattern_of(known), beginnings(known)
    which = sa.or_(*(may_hold(table.c[name], begins) for name in sorted(columns)))
    for row in rows_with(table, columns, which):
        texts = (text for name in columns for text in texts_of(row[table.c[name]]))
        if any(pattern.search(text) for text in texts):
            key = [_word(row[column]) for column in table.primary_key.columns]
            yield json.dumps(key, ensure_ascii=False)
    db.session.rollback()


def _word(value: Any) -> str:
    """Write a part of a key as the database stores it."""
    return value.name if isinstance(value, Enum) else str(value)


def _add(request_id: int, table: sa.Table, keys: list[str]) -> None:
    ours = Mention.request_id == request_id, Mention.table_name == table.name
    known = set(db.session.scalars(sa.select(Mention.row_key).where(*ours)))
    facts = {"request_id": request_id, "table_name": table.name}
    new = (key for key in keys if key not in known)
    db.session.add_all(Mention(**facts, row_key=key) for key in new)
    db.session.commit()


def undecided(request_id: int) -> sa.Select[Mention]:
    """Select what still waits for somebody's decision, in the order of finding."""
    return (
        sa.select(Mention)
        .where(Mention.request_id == request_id, Mention.decision.is_(None))
        .order_by(Mention.id)
    )


def _end_if_decided(request_id: int) -> None:
    """Call a request done when every text that was found has been decided."""
    erasure = lock_erasure(request_id)
    erasure.searched_at = utcnow()
    if db.session.scalars(undecided(request_id).limit(1)).first() is None:
        erasure.known_as, erasure.request.done_at = None, utcnow()
        logger.info("request %s: nothing names the person any more", request_id)
    db.session.commit()


def decide(mention: Mention, decision: Decision, *, actor: User) -> None:
    """Remove a name from a text, or leave the text, and look again after the last one.

    Somebody may have typed the name meanwhile: the request ends after another search.
    """
    erasure = mention.erasure
    decided = db.session.scalar(
        sa.update(Mention)
        .where(Mention.id == mention.id, Mention.decision.is_(None))
        .values(decision=decision, decided_by_id=actor.id, decided_at=utcnow())
        .returning(Mention.id)
    )
    if decided is None or erasure.known_as is None:
        db.session.rollback()
        raise RuleError("Об этом тексте уже решили.")
    if decision is Decision.REMOVED:
        _remove(mention, KnownAs(**erasure.known_as), erasure.request.user)
    what = {"решение": decision.value, "где": place_of(mention.table_name)}
    record(actor.id, "решено об имени в тексте", erasure.request.user, after=what)
    if db.session.scalars(undecided(erasure.request_id).limit(1)).first() is None:
        enqueue(SEARCH, {"request": erasure.request_id})
    db.session.commit()


def _remove(mention: Mention, known: KnownAs, person: User) -> None:
    table = {one.name: one for one in tables()}[mention.table_name]
    pattern = pattern_of(known)
    columns = searched_columns(person, known)[table]
    rewrite(
        table,
        columns,
        is_mentioned(table, mention),
        lambda text: pattern.sub(REMOVED, text),
    )
    names_removed.send(known)


def is_mentioned(table: sa.Table, mention: Mention) -> sa.ColumnElement[bool]:
    """Find the row of a mention; the database compares its key as it was stored."""
    pairs = zip(table.primary_key.columns, mention.key, strict=True)
    return sa.and_(*(sa.cast(one, sa.String) == value for one, value in pairs))


def remove_everywhere(request_id: int, *, actor: User) -> int:
    """Take the name out of every text that waits; what lies in files is left."""
    waiting = undecided(request_id).where(Mention.table_name != FILE_TEXTS)
    found = db.session.scalars(waiting).all()
    for mention in found:
        decide(mention, Decision.REMOVED, actor=actor)
    return len(found)
