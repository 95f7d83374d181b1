"""A backup becomes a site: only in an empty place, and whole or not at all."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from lms.core.backup.archive import (
    DAMAGED,
    UNREADABLE,
    Manifest,
    file_part,
    open_backup,
    rows_part,
    verify_backup,
)
from lms.core.backup.rows import Delayed, fill_in, go_on_counting, load, tables
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.schema import HEAD, REVISIONS, read_schema
from lms.core.storage import keep_file, stored_names

EMPTY_ONLY = (
    "{}. Восстановить можно только на пустое место: возьмите новую папку INSTANCE"
    " (если файлы в ведре, то и новое ведро) и новую DATABASE_URL."
)
CUT = (
    "Восстановление оборвалось: {}. В базе не прибавилось ни строки: устраните причину"
    " и повторите flask restore."
)


def restore_backup(path: Path) -> Manifest:
    """Fill an empty database and the folder of files; return what was restored.

    Files come first, under their hashes, and do no harm alone; the rows come in one
    transaction. So a restore that was cut may simply be started again.
    """
    from flask_migrate import upgrade

    _check_database()
    with open_backup(path) as archive:
        manifest = verify_backup(archive)
        _check_release(manifest)
        if stored_names() - set(manifest.files):
            raise StartError(
                EMPTY_ONLY.format(f"В {file_store().title} уже лежат файлы")
            )
        try:
            for sha256 in manifest.files:
                with archive.open(file_part(sha256)) as part:
                    keep_file(part)
            if read_schema(db.engine).revision is None:
                upgrade()
            with db.engine.begin() as connection:
                _fill(connection, archive)
        except (OSError, zipfile.BadZipFile, zlib.error) as error:
            reason = getattr(error, "strerror", None) or error
            raise StartError(CUT.format(reason)) from None
    return manifest


def _check_database() -> None:
    """Refuse a database in which anything is."""
    schema = read_schema(db.engine)
    if schema.revision is None:
        if sa.inspect(db.engine).get_table_names():
            raise StartError(EMPTY_ONLY.format("В базе есть чужие таблицы"))
        return
    if schema.problem:
        raise StartError(EMPTY_ONLY.format("В базе таблицы другого выпуска сайта"))
    with db.engine.connect().execution_options(reads_only=True) as connection:
        for table in tables():
            if connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)):
                taken = f"База не пуста: в таблице {table.name} есть строки"
                raise StartError(EMPTY_ONLY.format(taken))


def _check_release(manifest: Manifest) -> None:
    if manifest.revision == HEAD:
        return
    if manifest.revision in REVISIONS:
        raise StartError(
            f"Копию сделал прежний выпуск сайта: в ней база {manifest.revision}, а"
            f" здесь {HEAD}. Восстановите её тем выпуском, потом обновите этим:"
            " flask setup"
        )
    raise StartError(
        f"Копию сделал более новый выпуск сайта: в ней база {manifest.revision}, а"
        f" здесь {HEAD}. Обновите сайт и повторите flask restore."
    )


def _fill(connection: sa.Connection, archive: zipfile.ZipFile) -> None:
    delayed: dict[str, list[Delayed]] = {}
    for table in tables():
        try:
            delayed[table.name] = load(connection, table, _lines(archive, table))
        except UNREADABLE:
            reason = f"строки таблицы {table.name} не читаются"
            raise StartError(DAMAGED.format(reason)) from None
    for table in tables():
        fill_in(connection, table, delayed[table.name])
        go_on_counting(connection, table)


def _lines(archive: zipfile.ZipFile, table: sa.Table) -> Iterator[bytes]:
    with archive.open(rows_part(table.name)) as part:
        yield from part
