"""Rows as JSON: the same text whichever database they come from or go to."""

import base64
import enum
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db

BATCH = 500


class Delayed(NamedTuple):
    """References of one row to rows that were not there yet."""

    key: dict[str, Any]
    values: dict[str, Any]


def tables() -> list[sa.Table]:
    """Return every table after those that it refers to.

    Where tables refer to one another in a circle, it is broken at columns that may
    stay empty for a while.
    """
    left = dict(sorted(db.metadata.tables.items()))
    order = []
    while left:
        free = (name for name in left if not _needed(left[name]) & left.keys())
        open_circle = (
            name for name in left if not _needed(left[name], at_once=True) & left.keys()
        )
        order.append(left.pop(next(free, None) or next(open_circle)))
    return order


def _needed(table: sa.Table, *, at_once: bool = False) -> set[str]:
    """Name the tables that a table refers to, or refers to in every row."""
    keys = (key for key in table.foreign_keys if not (at_once and key.parent.nullable))
    return {key.column.table.name for key in keys} - {table.name}


def dump(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """Read a table in the order of its key, a line for each row."""
    query = sa.select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=BATCH).execute(query)
    for row in rows:
        facts = {
            column.key: _plain(column.type, value, connection.dialect)
            for column, value in zip(table.columns, row, strict=True)
        }
        yield json.dumps(facts, ensure_ascii=False).encode() + b"\n"


def load(
    connection: sa.Connection, table: sa.Table, lines: Iterable[bytes]
) -> list[Delayed]:
    """Insert rows; return the references that have to wait for `fill_in`."""
    later = _later_columns(table)
    delayed: list[Delayed] = []
    batch: list[dict[str, Any]] = []
    for line in lines:
        row = _typed_row(table, json.loads(line), connection.dialect)
        if known := {c: row[c] for c in later if row[c] is not None}:
            key = {c.key: row[c.key] for c in table.primary_key.columns}
            delayed.append(Delayed(key, known))
        batch.append(row | dict.fromkeys(later))
        if len(batch) == BATCH:
            connection.execute(sa.insert(table), batch)
            batch = []
    if batch:
        connection.execute(sa.insert(table), batch)
    return delayed


def fill_in(
    connection: sa.Connection, table: sa.Table, delayed: Iterable[Delayed]
) -> None:
    """Write the references that had to wait."""
    for row in delayed:
        here = [table.columns[name] == value for name, value in row.key.items()]
        connection.execute(sa.update(table).where(*here).values(**row.values))


def go_on_counting(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL give the next row a number that is free; SQLite does by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    if connection.scalar(sa.select(sequence)):
        connection.execute(
            sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1)))
        )


def _later_columns(table: sa.Table) -> list[str]:
    """Return the columns that may refer to a row which is not there yet."""
    order = [one.name for one in tables()]
    here = order.index(table.name)
    return sorted(
        key.parent.key
        for key in table.foreign_keys
        if key.parent.nullable and order.index(key.column.table.name) >= here
    )


def _plain(kind: sa.types.TypeEngine[Any], value: Any, dialect: sa.Dialect) -> Any:
    if isinstance(kind, sa.TypeDecorator) and value is not None:
        value = kind.process_bind_param(value, dialect)
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _typed_row(
    table: sa.Table, facts: Mapping[str, Any], dialect: sa.Dialect
) -> dict[str, Any]:
    return {
        column.key: _typed(column.type, facts[column.key], dialect)
        for column in table.columns
    }


def _typed(kind: sa.types.TypeEngine[Any], value: Any, dialect: sa.Dialect) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.TypeDecorator):
        plain = _typed(kind.impl_instance, value, dialect)
        return kind.process_result_value(plain, dialect)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return kind.enum_class[value]
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    return value
