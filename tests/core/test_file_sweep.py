"""Files that nothing names go in the end, and never one that somebody is naming."""

import io
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.core import file_sweep
from lms.core.backup.snapshot import make_backup
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.file_sweep import sweep_files
from lms.core.storage import (
    DRAFT,
    GRACE,
    StoredFile,
    drafts_folder,
    open_stored,
    store_bytes,
    stored_names,
)
from lms.course.settings.models import SettingsRevision
from lms.course.settings.settings import Settings
from lms.work.drafts.files import add_file, remove_file
from lms.work.submissions.services import start_submission
from tests.conftest import count, save
from tests.sample_course import DOCUMENT

OLD = GRACE + timedelta(hours=1)


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


def age_rows():
    """Let every file have been stored long ago."""
    table = StoredFile.__table__
    db.session.execute(sa.update(table).values(stored_at=utcnow() - OLD))
    db.session.commit()


def age_bytes():
    """Let everything on the disk have been written long ago."""
    long_ago = (utcnow() - OLD).timestamp()
    for path in drafts_folder().rglob("*"):
        os.utime(path, (long_ago, long_ago))


def keep(content):
    sha256 = store_bytes(content).sha256
    db.session.commit()
    return sha256


def test_files_that_were_added_and_removed_leave_the_disk(work, captain):
    before = stored_names()
    for number in range(3):
        content = io.BytesIO(DOCUMENT + b"%d" % number)
        file = add_file(work, content, "карта.pdf", author=captain)
        remove_file(work, file)

    for _ in range(2):
        age_rows()
        sweep_files({})
        age_bytes()

    assert stored_names() == before


def test_named_files_stay(work, captain, admin):
    add_file(work, io.BytesIO(DOCUMENT), "карта.pdf", author=captain)
    facts = {"hours": 36, "signer": "Лях Вера", "signature": keep(b"picture")}
    content = Settings(**facts).model_dump(mode="json")
    save(SettingsRevision(number=1, content=content, author_id=admin.id))
    before = stored_names()

    for _ in range(2):
        age_rows()
        age_bytes()
        sweep_files({})

    assert stored_names() == before
    assert set(db.session.scalars(sa.select(StoredFile.sha256))) == before


def test_every_other_column_that_names_a_file_is_known_to_the_sweep(app):
    columns = (c for table in db.metadata.tables.values() for c in table.columns)

    unbound = {str(c) for c in columns if "sha256" in c.name and not c.foreign_keys}

    # What certificates print is a picture of the settings, whose revisions all stay;
    # a closed report has the hash of its own content.
    assert unbound == {
        "stored_file.sha256",
        "certificate.signature_sha256",
        "report_edition.sha256",
    }


def test_file_that_is_still_to_be_named_stays(app):
    keep(b"fresh")

    age_bytes()
    sweep_files({})

    assert count(StoredFile) == 1


def test_file_stored_once_more_is_fresh_again(app):
    sha256 = keep(b"one")
    age_rows()

    keep(b"one")
    sweep_files({})

    assert db.session.get(StoredFile, sha256)


def test_backup_that_has_read_the_rows_finds_the_bytes(app, tmp_path):
    """The sweep comes between its rows and its files."""
    sha256 = keep(b"one")
    age_rows()
    age_bytes()
    selected = threading.Event()

    @sa.event.listens_for(db.engine, "after_cursor_execute")
    def sweep_once(_connection, _cursor, statement, *_):
        if "FROM stored_file" in statement and not selected.is_set():
            selected.set()
            sweeper.start()
            sweeper.join()

    def sweep():
        with app.app_context():
            sweep_files({})

    sweeper = threading.Thread(target=sweep)
    try:
        manifest = make_backup(tmp_path / "site.zip")
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", sweep_once)

    assert selected.is_set()
    assert db.session.get(StoredFile, sha256) is None
    assert manifest.lost == []


def test_bytes_whose_row_a_crash_has_left_out_go_later(app):
    sha256 = keep(b"one")
    db.session.execute(sa.delete(StoredFile))  # and here the process is killed
    db.session.commit()

    sweep_files({})
    assert stored_names() == {sha256}

    age_bytes()
    sweep_files({})
    assert stored_names() == set()


def test_bytes_without_rows_are_found_in_every_batch(app, monkeypatch):
    monkeypatch.setattr(file_sweep, "BATCH", 2)
    left_out = [keep(b"left out %d" % number) for number in range(3)]
    db.session.execute(sa.delete(StoredFile))
    known = {keep(b"known %d" % number) for number in range(4)}
    age_bytes()

    sweep_files({})

    assert stored_names() == known
    assert not known.intersection(left_out)


def test_draft_of_a_killed_process_goes_and_one_being_written_stays(app):
    abandoned, fresh = drafts_folder() / "draft-old", drafts_folder() / "draft-new"
    abandoned.write_bytes(b"1")
    age_bytes()
    fresh.write_bytes(b"1")

    sweep_files({})

    assert list(drafts_folder().iterdir()) == [fresh]


def test_row_without_bytes_goes_too(app):
    sha256 = keep(b"one")
    file_store().remove(sha256)
    age_rows()

    sweep_files({})

    assert count(StoredFile) == 0


@pytest.fixture
def order(app, monkeypatch):
    """In which order a row is taken and bytes come into place or go."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO stored_file"):
            seen.append("row")

    move, delete = Path.replace, Path.unlink

    def replace(path, target):
        seen.append("placed")
        return move(path, target)

    def unlink(path, missing_ok=False):
        if not path.name.startswith(DRAFT):
            seen.append("gone")
        delete(path, missing_ok)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)
    sa.event.listen(db.engine, "after_cursor_execute", note)
    yield seen
    sa.event.remove(db.engine, "after_cursor_execute", note)


def test_row_is_held_whenever_bytes_come_or_go(order):
    """So they never cross: the second one waits for the first one's row."""
    keep(b"one")
    db.session.execute(sa.delete(StoredFile))
    db.session.commit()
    age_bytes()

    sweep_files({})

    assert order == ["row", "placed", "row", "gone"]


@pytest.mark.parametrize("has_row", [True, False])
def test_file_that_is_stored_during_the_sweep_keeps_its_bytes(app, race, has_row):
    for number in range(8):
        content = b"same %d" % number
        sha256 = keep(content)
        age_rows()
        age_bytes()
        if not has_row:
            db.session.execute(sa.delete(StoredFile))

        race(lambda: sweep_files({}), lambda content=content: keep(content))

        assert db.session.get(StoredFile, sha256, populate_existing=True)
        open_stored(sha256).close()
