"""A backup is made of one moment, whole or not at all, and says what is missing."""

import os
import resource
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.backup.archive import open_backup, verify_backup
from lms.core.backup.restore import restore_backup
from lms.core.backup.snapshot import make_backup
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.storage import StoredFile, store_bytes
from lms.identity.accounts.models import User
from tests.conftest import count, person
from tests.core.backup.conftest import wait_until


def verified(path):
    with open_backup(path) as archive:
        return verify_backup(archive)


def test_backup_lists_every_table_and_file(backup, furnished):
    manifest = verified(backup)

    assert manifest.rows.keys() == db.metadata.tables.keys() - {"passage"}
    assert furnished in manifest.files
    assert manifest.lost == []


def test_backup_is_closed_to_others_and_leaves_no_draft(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert list(backup.parent.glob("*.part")) == []


@pytest.fixture
def crowd(app):
    """Somebody who adds a file and a person, again and again; the first are there."""
    here, enough = threading.Event(), threading.Event()

    def write():
        with app.app_context():
            number = 0
            while not enough.is_set():
                number += 1
                store_bytes(f"file {number}".encode())
                person(f"Участник {number}", f"{number}@example.org")
                here.set()
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    here.wait(60)
    yield
    enough.set()
    writer.join()


def test_backup_made_while_people_write_is_of_one_moment(crowd, tmp_path, elsewhere):
    path = tmp_path / "site.zip"

    make_backup(path)

    with elsewhere.app_context():
        restore_backup(path)
        assert count(User) == count(StoredFile) > 0


def test_two_backups_into_one_file_at_once_are_whole(app, furnished, tmp_path):
    path = tmp_path / "site.zip"

    def make(_):
        with app.app_context():
            return make_backup(path)

    with ThreadPoolExecutor(2) as pool:
        manifests = list(pool.map(make, range(2)))

    assert verified(path) in manifests


@pytest.fixture
def full_disk():
    """No file of this process may grow beyond a few bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_full_disk_leaves_no_backup(furnished, tmp_path, full_disk):
    with pytest.raises(StartError, match="Копия не записана"):
        make_backup(tmp_path / "site.zip")

    assert list(tmp_path.glob("site.zip*")) == []


def test_backup_that_was_killed_is_not_taken_for_one(app, stored_map, tmp_path, begin):
    stored_map.unlink()
    os.mkfifo(stored_map)  # whoever reads it waits
    path = tmp_path / "site.zip"
    process = begin(app, "backup", path)
    wait_until(lambda: list(tmp_path.glob("*.part")), process)

    process.kill()

    assert process.wait() < 0
    assert not path.exists()


def test_folder_that_is_not_there_is_named(furnished, tmp_path):
    with pytest.raises(StartError, match="Копия не записана"):
        make_backup(tmp_path / "nowhere" / "site.zip")


def test_file_that_the_disk_has_lost_is_named(furnished, stored_map, tmp_path):
    stored_map.unlink()

    make_backup(tmp_path / "site.zip")

    assert verified(tmp_path / "site.zip").lost == [furnished]


def test_file_that_the_disk_has_spoilt_is_named(furnished, stored_map, tmp_path):
    stored_map.write_bytes(b"a map of the vi\0\0age")

    make_backup(tmp_path / "site.zip")

    assert verified(tmp_path / "site.zip").lost == [furnished]


def test_tables_that_were_upgraded_meanwhile_are_refused(bare, tmp_path):
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StartError, match="База новее"):
        make_backup(tmp_path / "site.zip")
