"""How Alembic reaches the site's database."""

import sqlite3
import sys
import time
from functools import partial
from importlib import import_module
from typing import Any

import click
import sqlalchemy as sa
from alembic import context
from alembic.util import CommandError
from flask import current_app

import lms
from lms.core.schema import HEAD, Schema, copy_sqlite, sqlite_file, stored_revision

# What released revisions import, and where it lives now.
MOVED = {"database": "lms.core.database", "accounts": "lms.identity.accounts"}
for name, place in MOVED.items():
    module = sys.modules[f"lms.{name}"] = import_module(place)
    setattr(lms, name, module)
sys.modules["lms.accounts.models"] = import_module(f"{MOVED['accounts']}.models")

# Of half a second each.
TRIES = 120

database = current_app.extensions["migrate"].db


def run_migrations() -> None:
    """Migrate in one transaction; SQLite rebuilds tables without foreign keys.

    With foreign keys on, a batch migration that drops and renames a table deletes
    the rows that refer to it. So they are off meanwhile and checked afterwards.
    """
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        try:
            migrate(connection)
        finally:
            if sqlite:
                connection.rollback()
                own = connection.connection.driver_connection
                own.execute("PRAGMA foreign_keys = ON")


def is_of_models(
    parts: list[str], item: sa.schema.SchemaItem, name: str, *facts: Any
) -> bool:
    """Leave alone what one database alone has: indexes of expressions and of words."""
    _kind, is_stored, _model = facts
    if isinstance(item, sa.Index):
        is_plain = len(item.columns) == len(item.expressions)
        return not is_stored or (is_plain and "gin" not in item.kwargs.values())
    return not (isinstance(item, sa.Table) and name in parts)


def migrate(connection: sa.Connection) -> None:
    """Run the steps; any that must not be taken undoes them all."""
    stored, parts = stored_revision(connection), parts_of_an_index(connection)
    connection.rollback()
    if Schema(stored).is_newer:
        raise CommandError(Schema(stored).problem)
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        user_module_prefix=None,
        include_object=partial(is_of_models, parts),
        # True of SQLite too, the way `lms.core.database` begins.
        transactional_ddl=True,
        on_version_apply=watch(connection, stored),
    )
    with context.begin_transaction():
        if stored not in {None, HEAD} and connection.dialect.name == "postgresql":
            hold_tables(connection)
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            refuse_orphans(connection)


def hold_tables(connection: sa.Connection) -> None:
    """Hold all tables before the first is changed, without a deadlock for anybody.

    Requests under way hold some tables and want others. Whoever waits for them is given
    up before PostgreSQL looks for a deadlock (a second) and would end one of them.
    """
    quote = connection.dialect.identifier_preparer.quote
    tables = ", ".join(map(quote, sorted(sa.inspect(connection).get_table_names())))
    connection.execute(sa.text("SET LOCAL lock_timeout = '300ms'"))
    for _ in range(TRIES):
        try:
            with connection.begin_nested():
                connection.execute(sa.text(f"LOCK TABLE {tables}"))
        except sa.exc.OperationalError:
            time.sleep(0.2)
        else:
            connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            return
    raise CommandError("База занята другими запросами. Повторите в тихий час.")


def watch(connection: sa.Connection, stored: str | None):
    """Return what happens at each step, before anything of it is committed."""
    held = filled_columns(connection)
    connection.rollback()
    copied = []

    def look(*, step, **_) -> None:
        if step.is_stamp:
            return
        if step.is_upgrade and stored and not copied:
            copied.append(copy_database(before=step.up_revision_id))
        if not step.is_upgrade:
            refuse_loss(held - columns_of(connection))

    return look


def copy_database(*, before: str) -> bool:
    """Copy what SQLite had before this transaction, whose writer's place we hold."""
    path = sqlite_file(database.engine)
    if path is None:
        return False
    try:
        folder = current_app.config["INSTANCE"] / "backups"
        copy = copy_sqlite(path, folder, before=before)
    except (OSError, sqlite3.Error) as error:
        raise CommandError(
            f"Копия базы не получилась ({error}), поэтому она не обновлена."
        ) from error
    click.echo(f"Копия прежней базы: {copy}")
    return True


def filled_columns(connection: sa.Connection) -> set[tuple[str, str]]:
    """Return the columns of every table that has rows."""
    filled = {
        table
        for table in sa.inspect(connection).get_table_names()
        if table not in {"alembic_version", *parts_of_an_index(connection)}
        and connection.scalar(
            sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)
        )
    }
    return {pair for pair in columns_of(connection) if pair[0] in filled}


def parts_of_an_index(connection: sa.Connection) -> list[str]:
    """Return what SQLite keeps for an index of words; it is never empty."""
    if connection.dialect.name != "sqlite":
        return []
    own = "SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')"
    return list(connection.scalars(sa.text(own)))


def columns_of(connection: sa.Connection) -> set[tuple[str, str]]:
    """Return every table with each of its columns."""
    tables = sa.inspect(connection).get_multi_columns().items()
    return {(table, c["name"]) for (_, table), columns in tables for c in columns}


def refuse_loss(lost: set[tuple[str, str]]) -> None:
    """Refuse a step back that takes away what people have stored."""
    if lost:
        tables = ", ".join(sorted({table for table, _ in lost})[:3])
        raise CommandError(
            f"Шаг назад стёр бы сохранённое ({tables}…), поэтому база не тронута."
            " Чтобы вернуться, поставьте на место копию, сделанную до обновления."
        )


def refuse_orphans(connection: sa.Connection) -> None:
    """Refuse tables in which a row refers to one that is not there."""
    if connection.execute(sa.text("PRAGMA foreign_key_check")).all():
        raise RuntimeError("the migration would leave orphan rows")


run_migrations()
