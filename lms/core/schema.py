"""Whether the database has the tables that this code knows."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.environment import StartError
from lms.core.extensions import db

# Read once, when the process starts: an upgrade may put newer files beside it.
REVISIONS = sorted(
    path.name.split("_")[0]
    for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py")
)
HEAD = REVISIONS[-1]
COPIES = 3


@dataclass(frozen=True)
class Schema:
    """Which tables a database has."""

    # The migration that made them; none in an empty database.
    revision: str | None = None
    # Columns that the code knows and a database of the right revision has not.
    missing: tuple[str, ...] = ()

    @property
    def is_newer(self) -> bool:
        return self.revision is not None and self.revision not in REVISIONS

    @property
    def problem(self) -> str:
        """Say in one sentence why the site cannot work with it; nothing if it can."""
        if self.revision is None:
            return "Базы ещё нет. Выполните: flask setup"
        if self.is_newer:
            return (
                f"База новее сайта: в ней {self.revision}, а сайт знает до {HEAD}."
                " Обновите сайт или верните копию базы, сделанную до обновления."
            )
        if self.revision != HEAD:
            return (
                f"База старее сайта: в ней {self.revision}, а нужна {HEAD}."
                " Выполните: flask setup"
            )
        if self.missing:
            return (
                f"База сделана до первого выпуска, в ней нет {self.missing[0]}."
                " Обновить её нельзя: начните с новой папки INSTANCE."
            )
        return ""


def read_schema(engine: sa.Engine) -> Schema:
    """Look at the tables; make nothing, not even the file of SQLite."""
    path = sqlite_file(engine)
    if path and not path.exists():
        return Schema()
    try:
        with engine.connect().execution_options(reads_only=True) as connection:
            revision = stored_revision(connection)
            missing = _missing(connection) if revision == HEAD else ()
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        raise StartError(
            f"База не отвечает ({cause(error)}). Проверьте DATABASE_URL."
        ) from None
    return Schema(revision, missing)


def check_schema(engine: sa.Engine) -> None:
    """Refuse a database that this code cannot work with."""
    if problem := read_schema(engine).problem:
        raise StartError(problem)


def stored_revision(connection: sa.Connection) -> str | None:
    """Return the migration that made the tables."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    stored: str | None = connection.scalar(
        sa.text("SELECT version_num FROM alembic_version")
    )
    return stored


def sqlite_file(engine: sa.Engine) -> Path | None:
    """Return the file of the database, if it is one."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(name) if name and name != ":memory:" else None


def cause(error: Exception) -> str:
    """Return the first line of what the database itself said."""
    said = str(getattr(error, "orig", error)).strip()
    return said.splitlines()[0] if said else type(error).__name__


def copy_sqlite(path: Path, folder: Path, *, before: str) -> Path:
    """Copy the committed state of a database beside it, before a migration.

    The newest copies stay. One is complete or not there at all.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = folder / f"before-{before}-{utcnow():%Y%m%d-%H%M%S}.sqlite3"
    draft = copy.with_suffix(".draft")
    source, target = sqlite3.connect(path), sqlite3.connect(draft)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    draft.replace(copy)
    copies = sorted(
        folder.glob("before-*.sqlite3"), key=lambda old: old.stat().st_mtime
    )
    for old in copies[:-COPIES]:
        old.unlink()
    return copy


def _missing(connection: sa.Connection) -> tuple[str, ...]:
    found = {
        f"{table}.{column['name']}"
        for (_, table), columns in sa.inspect(connection).get_multi_columns().items()
        for column in columns
    }
    known = (c for table in db.metadata.tables.values() for c in table.columns)
    return tuple(str(column) for column in known if str(column) not in found)
