"""The rows of one person, in the words that people have for them."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.personal import Declaration, Purpose, declarations
from lms.identity.accounts.models import User
from lms.overview.dossier.holdings import given_tables, is_own


class Paper(NamedTuple):
    """Stored bytes that belong to a row, and under which name they are given."""

    sha256: str
    name: str

    @property
    def is_picture(self) -> bool:
        return self.name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp"))


@dataclass(frozen=True)
class Row:
    """What a person is given of one row: values by their columns, and files."""

    values: dict[str, Any]
    papers: list[Paper]


@dataclass(frozen=True)
class Section:
    """The rows of one table that belong to a person."""

    table: str
    title: str
    purpose: Purpose
    labels: dict[str, str]
    rows: list[Row]


def sections_of(person: User) -> Iterator[Section]:
    """Read what a person is given, table by table, where there is a row."""
    called = cache(name_of)
    for table, declared in given_tables():
        query = sa.select(table).where(is_own(table, person))
        found = db.session.execute(query.order_by(*table.primary_key))
        rows = [_row(table, declared, one._mapping, called) for one in found]
        if rows and declared.purpose:
            yield Section(
                table.name, declared.title, declared.purpose, declared.told, rows
            )


def _row(table: sa.Table, declared: Declaration, row: Any, called: Any) -> Row:
    values = {}
    for name in declared.told:
        target = named_table(table.c[name])
        is_key = target is not None and row[name] is not None
        values[name] = called(target, row[name]) if is_key else row[name]
    papers = [
        Paper(row[sha256], _file_name(sha256, str(row[name])))
        for sha256, name in declared.files.items()
        if row[sha256]
    ]
    return Row(values, papers)


def _file_name(column: str, name: str) -> str:
    """Return the name of a file; a certificate is called by its number alone."""
    return clean_name(f"{name}.pdf" if column.startswith("pdf") else name)


def named_table(column: sa.Column[Any]) -> str | None:
    """Return the table whose row a column names; None: it holds a value of its own.

    In a key of several columns, as a membership has to its team, each names what it
    names there.
    """
    for key in column.foreign_keys:
        parts = key.constraint.elements if key.constraint else [key]
        return key.column.table.name if len(parts) == 1 else named_table(key.column)
    return None


def name_of(table: str, key: Any) -> str:
    """Return what people call a row that another one names by its key."""
    unnamed = f"№ {key}"
    known, column = db.metadata.tables[table], declarations[table].called
    if not column:
        return unnamed
    (own,) = known.primary_key
    value = db.session.scalar(sa.select(known.c[column]).where(own == key))
    target = named_table(known.c[column])
    if value is None or target is None:
        return str(value or unnamed)
    return name_of(target, value)


def as_json(value: Any) -> Any:
    """Return a value as programs read it: moments in ISO 8601, states in words."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(as_json(one) for one in value)
    return value
