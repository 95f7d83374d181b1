"""One row in every table of an older release, to see what an upgrade makes of it."""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from lms.core.extensions import db

# What a column must hold to be read as what it is, or to leave room for its neighbour.
FIXED = {
    "user.roles": "ADMIN",
    "calendar_address.team_id": None,
    "submission.user_id": None,
    "target.school_id": None,
    "report.school_id": None,
    "pair.second_id": 2,
}
# A second row where another table asks for two.
SECOND = {"school": {"id": 2, "name": "другое слово"}}


def fill_tables(connection):
    """Add a row to every table; each refers to the one row of another."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
    for table in tables_of(connection):
        row = {column.name: value_of(column) for column in table.columns}
        connection.execute(table.insert().values(row))
        if table.name in SECOND:
            connection.execute(table.insert().values(row | SECOND[table.name]))


def rows_of(connection):
    """Return the columns and values of the first row of every table that has one."""
    rows = {
        table.name: connection.execute(
            sa.select(table).order_by(*table.primary_key.columns)
        )
        .mappings()
        .first()
        for table in tables_of(connection)
    }
    return {table: dict(row) for table, row in rows.items() if row}


def tables_of(connection):
    metadata = sa.MetaData()
    metadata.reflect(connection)
    no_tables = {"alembic_version", *parts_of_an_index(connection)}
    return [t for t in metadata.tables.values() if t.name not in no_tables]


def parts_of_an_index(connection):
    """Return the tables that SQLite keeps for an index of words."""
    if connection.dialect.name != "sqlite":
        return []
    own = "SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')"
    return connection.scalars(sa.text(own)).all()


def value_of(column):
    """Return what a column may hold: a row's number is 1, a reference says the same."""
    name = str(column)
    if name in FIXED:
        return FIXED[name]
    for key in column.foreign_keys:
        if key.column is not column:
            return value_of(key.column)
    if word := word_of_the_model(name):
        return word
    values = {
        sa.Boolean: True,
        sa.Integer: 1,
        sa.Float: 0.5,
        sa.DateTime: datetime(2026, 11, 28, 12, tzinfo=UTC),
        sa.Date: date(2026, 11, 28),
        sa.JSON: {},
        sa.LargeBinary: b"x",
        postgresql.TSVECTOR: "слово",
        sa.String: "слово"[: getattr(column.type, "length", None)],
    }
    return next(
        value for kind, value in values.items() if isinstance(column.type, kind)
    )


def word_of_the_model(name):
    """Return the first word that a column of few words knows today."""
    table, _, column = name.partition(".")
    known = db.metadata.tables.get(table)
    kind = (
        known.columns[column].type if known is not None and column in known.c else None
    )
    return kind.enums[0] if isinstance(kind, sa.Enum) else None
