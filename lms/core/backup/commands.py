"""`flask backup`, `flask verify`, `flask restore`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import with_appcontext

from lms.core.backup import nightly
from lms.core.backup.archive import Manifest, open_backup, verify_backup
from lms.core.backup.restore import restore_backup
from lms.core.backup.signals import site_restored
from lms.core.backup.snapshot import make_backup
from lms.core.bucket import BucketError
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.language import moment, plural
from lms.core.schema import cause, check_schema

ROWS = "строка", "строки", "строк"
FILES = "файл", "файла", "файлов"
NIGHTLY = nightly.make_nightly_backup  # its job is known wherever the commands are


def register_backup(app: Flask) -> None:
    """Add the commands to the site's own."""
    for command in (backup, verify, restore):
        app.cli.add_command(command)


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(path: Path) -> None:
    """Write the whole site into one file, while it works."""
    if path.exists():
        sys.exit(f"Файл {path} уже есть. Назовите другой.")
    with _refusals():
        check_schema(db.engine)
        manifest = make_backup(path)
    click.echo(f"Копия готова: {_contents(manifest)}.")
    _refuse_loss(manifest)


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def verify(path: Path) -> None:
    """Check that a backup is whole."""
    with _refusals(), open_backup(path) as archive:
        manifest = verify_backup(archive)
    click.echo(f"Копия цела: {_contents(manifest)}.")
    _refuse_loss(manifest)


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def restore(path: Path) -> None:
    """Fill an empty place from a backup."""
    with _refusals():
        manifest = restore_backup(path)
        sentences = [words for _, words in site_restored.send(path)]
    click.echo(f"Сайт восстановлен: {_contents(manifest)}.")
    for sentence in sentences:
        click.echo(sentence)
    _refuse_loss(manifest)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say in one sentence why not."""
    try:
        yield
    except StartError as refusal:
        sys.exit(str(refusal))
    except BucketError as error:
        sys.exit(f"Хранилище файлов: {error.strerror}.")
    except sa.exc.SQLAlchemyError as error:
        sys.exit(f"База отказала: {cause(error)}.")


def _contents(manifest: Manifest) -> str:
    rows = plural(sum(manifest.rows.values()), *ROWS)
    files = plural(len(manifest.files), *FILES)
    made = f"сделана {moment(manifest.made_at)}, база {manifest.revision}"
    return f"{rows}, {files}, {made}"


def _refuse_loss(manifest: Manifest) -> None:
    """Name what the disk had lost before the backup, and end as a failure."""
    for sha256 in manifest.lost:
        click.echo(f"files/{sha256[:2]}/{sha256}")
    if manifest.lost:
        files = plural(len(manifest.lost), *FILES)
        sys.exit(f"В копии не хватает: {files}; диск потерял их ещё до неё.")
