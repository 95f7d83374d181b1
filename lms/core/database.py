"""The database: column types, one base class, and how SQLite is made strict."""

import enum
import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import has_request_context, request
from sqlalchemy.orm import DeclarativeBase, Session, registry

# The largest number of a row on every database.
LAST_ROW = 2**31 - 1


def row_number(text: str) -> int | None:
    """Return the number that a text names, if a row can have it."""
    if not text.isdecimal() or len(text) > len(str(LAST_ROW)):
        return None
    return min(int(text), LAST_ROW)


def utcnow() -> datetime:
    """Return the present moment in UTC; the one clock of the site."""
    return datetime.now(UTC)


def moment_of_asking(*, ago: timedelta = timedelta()) -> sa.BindParameter[datetime]:
    """Stand for the moment at which a statement runs, or for one so long before it."""
    return sa.bindparam(
        None, callable_=lambda: utcnow() - ago, type_=UtcDateTime(), unique=True
    )


def written(value: enum.Enum) -> sa.BindParameter[Any]:
    """Stand for a state as a word of the statement itself, not as its parameter.

    For columns that the condition of a partial index names: SQLite prepares a statement
    anew each time that a parameter is compared with one, longer than most answers take.
    """
    kind = sa.Enum(type(value), native_enum=False)
    return sa.bindparam(None, value, type_=kind, literal_execute=True, unique=True)


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment in UTC on every database; SQLite drops the time zone by itself."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Base(DeclarativeBase):
    """Give every model the same column types and predictable constraint names."""

    # A ready `registry`, because Flask-SQLAlchemy 3.1 rebuilds this class and
    # then rejects a bare `type_annotation_map`.
    registry = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            date: sa.Date,
            dict[str, Any]: sa.JSON,
            list[Any]: sa.JSON,
            enum.Enum: sa.Enum(enum.Enum, native_enum=False, length=20),
        },
    )


class Immutable:
    """Mark a model whose rows never change, apart from the columns in `may_change`.

    Attempts, released reviews, revisions and certificates are promises to people.
    """

    may_change: frozenset[str] = frozenset()
    may_be_deleted = False


@sa.event.listens_for(Session, "before_flush")
def _refuse_changes_of_immutable_rows(session: Session, *_: object) -> None:
    for row in session.deleted:
        if isinstance(row, Immutable) and not row.may_be_deleted:
            raise TypeError(f"{row!r} is never deleted")
    for row in session.dirty:
        if isinstance(row, Immutable) and (changed := _changed_columns(row)):
            raise TypeError(f"{row!r} never changes: {sorted(changed)}")


@sa.event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_changes_of_immutable_rows(state: Any) -> None:
    if not (state.is_update or state.is_delete):
        return
    model: type[Any] = state.bind_mapper.class_ if state.bind_mapper else object
    if not issubclass(model, Immutable):
        return
    if state.is_delete and model.may_be_deleted:
        return
    columns = _bulk_columns(state.statement) if state.is_update else {"*"}
    if columns - model.may_change:
        raise TypeError(f"{model.__name__} rows never change: {sorted(columns)}")


def _changed_columns(row: Immutable) -> set[str]:
    state = sa.inspect(row)
    columns = {attribute.key for attribute in state.mapper.column_attrs}
    changed = {a.key for a in state.attrs if a.key in columns and a.history.added}
    return changed - row.may_change


def _bulk_columns(statement: Any) -> set[str]:
    columns: Iterable[Any] = statement._values or {}
    return {getattr(column, "key", str(column)) for column in columns}


@sa.event.listens_for(sa.Engine, "connect")
def _set_up(connection: Any, _record: object) -> None:
    """Ask SQLite for what it leaves out: foreign keys, readers beside a writer.

    `isolation_level = None` hands transactions to `_begin` below, so that DDL is
    transactional too.
    """
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in (
            "foreign_keys = ON",
            "busy_timeout = 15000",
            "journal_mode = WAL",
            "synchronous = FULL",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # Its own `lower` knows Latin letters only, and people search in Russian.
        connection.create_function("lower", 1, _lower, deterministic=True)
    else:
        # Compiling takes PostgreSQL seconds where the statement itself takes
        # milliseconds: it judges by what a statement may cost in the worst case.
        connection.execute("SET jit = off")
        connection.commit()


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


@sa.event.listens_for(sa.Engine, "begin")
def _begin(connection: sa.Connection) -> None:
    """Start every SQLite transaction that may write as a writer.

    A reader that turns into a writer halfway fails at once instead of waiting its
    turn, so only those begin as readers that say so, and pages that are merely read:
    a page that stores something says that it `writes`.
    """
    if connection.dialect.name == "sqlite":
        said = connection.get_execution_options()
        is_page = has_request_context() and request.method in {"GET", "HEAD"}
        reads_only = said.get("reads_only", is_page and not said.get("writes"))
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
