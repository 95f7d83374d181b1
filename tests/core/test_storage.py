"""Files are stored once, whole or not at all."""

import errno
import threading

import pytest
import sqlalchemy as sa

from lms.core import storage
from lms.core.extensions import db
from lms.core.storage import (
    StoredFile,
    open_stored,
    store_bytes,
    stored_on_this_machine,
)
from lms.core.troubles import UnavailableError


def test_same_bytes_are_stored_once(app):
    first, second = store_bytes(b"one"), store_bytes(b"one")
    db.session.commit()

    assert first is second
    with open_stored(first.sha256) as stream:
        assert stream.read() == b"one"


def test_full_disk_is_said_and_leaves_nothing_behind(app, monkeypatch):
    def fail(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", fail)

    with pytest.raises(UnavailableError, match="закончилось место"):
        store_bytes(b"one")

    assert db.session.scalars(sa.select(StoredFile)).all() == []
    assert not list((app.config["INSTANCE"] / "files").glob("draft-*"))


def test_two_people_upload_one_file_at_once(app):
    ready = threading.Barrier(2)

    def upload():
        with app.app_context():
            ready.wait()
            store_bytes(b"same")
            db.session.commit()
            db.session.remove()

    people = [threading.Thread(target=upload) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert db.session.scalar(sa.select(sa.func.count(StoredFile.sha256))) == 1


def test_lost_file_has_no_path_for_another_process(app):
    with pytest.raises(FileNotFoundError), stored_on_this_machine("0" * 64):
        pass
