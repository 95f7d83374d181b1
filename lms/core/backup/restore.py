"""A backup becomes a site: only in an empty place, and whole or not at all."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.backup.archive import Manifest, open_backup, verify_backup
from lms.core.backup.rows import fill_in, go_on_counting, load, tables
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import HEAD, read_schema
from lms.core.storage import keep_file


def restore_backup(path: Path) -> Manifest:
    """Fill an empty database and the folder of files; return what was restored.

    Files come first, under their hashes, and do no harm alone; the rows come in one
    transaction. So a restore that was cut may simply be started again.
    """
    with open_backup(path) as archive:
        manifest = verify_backup(archive)
        _check_place(manifest)
        for name in manifest.sha256:
            if name.startswith("files/"):
                with archive.open(name) as part:
                    keep_file(part)
        with db.engine.begin() as connection:
            _fill(connection, archive)
    return manifest


def _check_place(manifest: Manifest) -> None:
    if manifest.revision != HEAD:
        raise StartError(
            f"Копию сделал сайт версии {manifest.revision}, а этот — {HEAD}."
            " Восстановите её тем же выпуском сайта, потом обновите."
        )
    if read_schema(db.engine).revision is None:
        upgrade()
    with db.engine.connect().execution_options(reads_only=True) as connection:
        for table in tables():
            if connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)):
                raise StartError(
                    f"База не пуста: в таблице {table.name} есть строки. Восстановить"
                    " можно только на пустое место: возьмите новую папку INSTANCE"
                    " или новую DATABASE_URL."
                )


def _fill(connection: sa.Connection, archive: zipfile.ZipFile) -> None:
    delayed = {}
    for table in tables():
        delayed[table.name] = load(connection, table, _lines(archive, table))
    for table in tables():
        fill_in(connection, table, delayed[table.name])
        go_on_counting(connection, table)


def _lines(archive: zipfile.ZipFile, table: sa.Table) -> Iterator[bytes]:
    with archive.open(f"rows/{table.name}.jsonl") as part:
        yield from part
