"""A site with something in it, its backup, and an empty place for it."""

import io
import os
import subprocess
import sys
import zipfile
from contextlib import suppress

import pytest
import sqlalchemy as sa

from lms.core.backup.rows import tables
from lms.core.backup.seal import BLANK, seal
from lms.core.backup.snapshot import make_backup
from lms.core.config import ROOT
from lms.core.extensions import db
from lms.core.storage import store_bytes
from tests.conftest import person

MAP = b"a map of the village"


@pytest.fixture
def furnished(app, certificate):
    """A site in which people have done something; the hash of a file it stores."""
    person("Ёлкина Яна", "elkina@example.org")
    sha256 = store_bytes(MAP).sha256
    db.session.commit()
    return sha256


@pytest.fixture
def stored_map(app, furnished):
    """That file on the disk."""
    return app.config["INSTANCE"] / "files" / furnished[:2] / furnished


@pytest.fixture
def backup(furnished, tmp_path):
    """The backup of that site."""
    path = tmp_path / "site.zip"
    make_backup(path)
    return path


@pytest.fixture
def forged(backup):
    """Return a function that changes parts of the backup and seals it again."""

    def forge(change):
        with zipfile.ZipFile(backup) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.comment = BLANK
            for name, content in parts.items():
                archive.writestr(name, content)
        seal(file)
        backup.write_bytes(file.getvalue())
        return backup

    return forge


@pytest.fixture
def folder(app, tmp_path):
    """The folder of nightly backups, not made yet."""
    app.config["LMS_BACKUPS"] = tmp_path / "backups"
    return app.config["LMS_BACKUPS"]


@pytest.fixture
def begin():
    """Return a function that begins a command of a site in a process of its own."""
    begun = []

    def begin_command(site, *words):
        command = [sys.executable, "-m", "flask", "--app", "app", *map(str, words)]
        url = site.config["SQLALCHEMY_DATABASE_URI"]
        own = {"INSTANCE": str(site.config["INSTANCE"]), "DATABASE_URL": url}
        env = {"PATH": os.environ["PATH"]} | own
        begun.append(subprocess.Popen(command, cwd=ROOT, env=env))
        return begun[-1]

    yield begin_command
    for process in begun:
        process.kill()
        process.wait()


def wait_until(happened, process):
    """Wait for something that a process does, or for its end."""
    while process.poll() is None and not happened():
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)


def everything():
    """Return all rows of all tables, as Python sees them."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(
                sa.select(table).order_by(*table.primary_key.columns)
            ).all()
            for table in tables()
        }
