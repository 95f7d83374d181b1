"""Rows as JSON: the same text whichever database they come from or go to."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.backup.portable import portable
from lms.core.extensions import db

# In `Table.info`: its rows are made of others, and no backup needs them.
DERIVED = "is derived"
# Rows read at a time; the largest hold a megabyte.
BATCH = 50
# Rows, or bytes of them, that are inserted at a time.
MOST_ROWS, MOST_BYTES = 500, 4 * 1024**2


class Delayed(NamedTuple):
    """References of one row to rows that were not there yet."""

    key: dict[str, Any]
    values: dict[str, Any]


def tables() -> list[sa.Table]:
    """Return every table after those that it refers to, but for derived ones.

    Where tables refer to one another in a circle, it is broken at columns that may
    stay empty for a while.
    """
    known = sorted(db.metadata.tables.items())
    left = {name: table for name, table in known if DERIVED not in table.info}
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
    rows = connection.execution_options(yield_per=BATCH).execute(
        sa.select(portable(table)).order_by(*_order(table, connection.dialect))
    )
    for row in rows.mappings():
        yield json.dumps(dict(row), ensure_ascii=False, default=_word).encode() + b"\n"


def _order(table: sa.Table, dialect: sa.Dialect) -> list[sa.ColumnElement[Any]]:
    """Return the columns of the key, words by their bytes on either database."""
    by_bytes = dialect.name == "postgresql"
    return [
        sa.collate(column, "C")
        if by_bytes and isinstance(column.type, sa.String)
        else column
        for column in table.primary_key.columns
    ]


def _word(value: Any) -> str:
    """Write what JSON has no form of its own for."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    moment: date = value
    return moment.isoformat()


def load(
    connection: sa.Connection, table: sa.Table, lines: Iterable[bytes]
) -> list[Delayed]:
    """Insert rows; return the references that have to wait for `fill_in`."""
    later = _later_columns(table)
    delayed: list[Delayed] = []
    for batch in _batches(table, lines):
        for row in batch:
            if known := {name: row[name] for name in later if row[name] is not None}:
                key = {column.name: row[column.name] for column in table.primary_key}
                delayed.append(Delayed(key, known))
                row.update(dict.fromkeys(known))
        connection.execute(sa.insert(portable(table)), batch)
    return delayed


def _batches(table: sa.Table, lines: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    """Read rows, no more at a time than fit into memory."""
    readers = {column.name: _reader(column.type) for column in table.columns}
    batch: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        facts = json.loads(line)
        batch.append({name: read(facts[name]) for name, read in readers.items()})
        size += len(line)
        if len(batch) == MOST_ROWS or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _reader(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    """Return what reads a value of a column back from JSON."""
    kind = kind.impl_instance if isinstance(kind, sa.TypeDecorator) else kind
    readers: dict[type, Callable[[Any], Any]] = {
        sa.LargeBinary: base64.b64decode,
        sa.DateTime: datetime.fromisoformat,
        sa.Date: date.fromisoformat,
    }
    for known, read in readers.items():
        if isinstance(kind, known):
            return lambda value: None if value is None else read(value)
    return lambda value: value


def fill_in(
    connection: sa.Connection, table: sa.Table, delayed: Iterable[Delayed]
) -> None:
    """Write the references that had to wait."""
    place = portable(table)
    for row in delayed:
        here = [place.c[name] == value for name, value in row.key.items()]
        connection.execute(sa.update(place).where(*here).values(**row.values))


def go_on_counting(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL give the next row a number that is free; SQLite does by itself."""
    column = table.autoincrement_column
    if connection.dialect.name == "postgresql" and column is not None:
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
        highest = sa.select(sa.func.max(column)).scalar_subquery()
        # No sequence or no row: PostgreSQL changes nothing.
        connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _later_columns(table: sa.Table) -> list[str]:
    """Return the columns that may refer to a row which is not there yet."""
    order = [one.name for one in tables()]
    here = order.index(table.name)
    return sorted(
        key.parent.name
        for key in table.foreign_keys
        if key.parent.nullable and order.index(key.column.table.name) >= here
    )
