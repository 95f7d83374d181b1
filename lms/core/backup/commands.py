"""`flask backup`, `flask verify`, `flask restore`."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask
from flask.cli import with_appcontext

from lms.core.backup import nightly
from lms.core.backup.archive import Manifest, make_backup, open_backup, verify_backup
from lms.core.backup.restore import restore_backup
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.language import plural
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

    def make() -> Manifest:
        check_schema(db.engine)
        return make_backup(path)

    _report("Копия готова", make)


@click.command("verify")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def verify(path: Path) -> None:
    """Check that a backup is whole."""

    def check() -> Manifest:
        with open_backup(path) as archive:
            return verify_backup(archive)

    _report("Копия цела", check)


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def restore(path: Path) -> None:
    """Fill an empty place from a backup."""
    _report("Сайт восстановлен", lambda: restore_backup(path))


def _report(done: str, act: Callable[[], Manifest]) -> None:
    """Say what was done, or in one sentence why not."""
    try:
        manifest = act()
    except StartError as refusal:
        sys.exit(str(refusal))
    except sa.exc.DBAPIError as error:
        sys.exit(f"База отказала: {cause(error)}.")
    rows = plural(sum(manifest.rows.values()), *ROWS)
    files = sum(name.startswith("files/") for name in manifest.sha256)
    click.echo(f"{done}: {rows}, {plural(files, *FILES)}, от {manifest.made_at[:16]}.")
    for sha256 in manifest.lost:
        click.echo(f"Файла {sha256} не было на диске уже тогда.")
