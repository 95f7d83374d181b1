"""A backup becomes the same site, in an empty place and on either database."""

import errno
import hashlib
import io
import json

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core import storage
from lms.core.backup.restore import restore_backup
from lms.core.backup.snapshot import make_backup
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import check_schema
from lms.core.storage import open_stored
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from tests.conftest import person, save
from tests.core.backup.conftest import MAP, everything, wait_until
from tests.older_rows import fill_tables


def test_backup_becomes_the_same_site(backup, furnished, elsewhere):
    before = everything()

    with elsewhere.app_context():
        restore_backup(backup)

        check_schema(db.engine)
        with open_stored(furnished) as stored:
            assert stored.read() == MAP
        assert everything() == before
    assert sum(map(len, before.values())) > 20


def test_backup_of_a_restored_site_has_the_same_hashes(furnished, elsewhere, tmp_path):
    before = make_backup(tmp_path / "before.zip")

    with elsewhere.app_context():
        restore_backup(tmp_path / "before.zip")
        after = make_backup(tmp_path / "after.zip")

    assert after.sha256 == before.sha256
    assert after.rows == before.rows


def test_every_table_comes_back(bare, app, tmp_path):
    with bare.app_context():
        upgrade()
        with db.engine.begin() as connection:
            fill_tables(connection)
        before, path = everything(), tmp_path / "site.zip"
        make_backup(path)

    restore_backup(path)

    assert everything() == before
    assert all(before.values())


def test_nothing_and_the_word_null_stay_apart(furnished, elsewhere, tmp_path):
    facts = {"action": "x", "object_type": "x", "object_id": "x"}
    save(AuditEvent(**facts, before=sa.null(), after=sa.JSON.NULL))
    texts = (sa.cast(c, sa.Text) for c in (AuditEvent.before, AuditEvent.after))
    stored = sa.select(*texts).where(AuditEvent.action == "x")
    make_backup(tmp_path / "site.zip")

    with elsewhere.app_context():
        restore_backup(tmp_path / "site.zip")

        assert db.session.execute(stored).all() == [(None, "null")]


def test_next_row_after_a_restore_has_a_free_number(backup, elsewhere):
    with elsewhere.app_context():
        restore_backup(backup)
        last = db.session.scalar(sa.select(sa.func.max(User.id)))

        assert person("Новый Человек", "new@example.org").id == last + 1


def test_restored_files_are_closed_to_others(backup, elsewhere):
    with elsewhere.app_context():
        restore_backup(backup)

    files = elsewhere.config["INSTANCE"].glob("files/??/*")
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_backup_is_not_restored_over_a_site(backup):
    before = everything()

    with pytest.raises(StartError, match="База не пуста"):
        restore_backup(backup)

    assert everything() == before


def test_tables_of_something_else_are_left_alone(backup, elsewhere):
    with elsewhere.app_context():
        with db.engine.begin() as connection:
            connection.execute(sa.text("CREATE TABLE shop (id INTEGER)"))

        with pytest.raises(StartError, match="чужие таблицы"):
            restore_backup(backup)

        assert sa.inspect(db.engine).get_table_names() == ["shop"]


def test_tables_of_another_release_are_left_alone(backup, elsewhere):
    with elsewhere.app_context():
        upgrade(revision="0001")

        with pytest.raises(StartError, match="таблицы другого выпуска"):
            restore_backup(backup)


def test_files_of_another_site_are_left_alone(backup, elsewhere):
    with elsewhere.app_context():
        storage.keep_file(io.BytesIO(b"of another site"))

        with pytest.raises(StartError, match="уже лежат файлы"):
            restore_backup(backup)

        assert len(storage.stored_names()) == 1


@pytest.mark.parametrize(
    ("revision", "said"),
    [("0001", "тем выпуском, потом обновите этим: flask setup"), ("9999", "Обновите")],
    ids=["older", "newer"],
)
def test_backup_of_another_release_is_refused(forged, elsewhere, revision, said):
    def change(parts):
        facts = json.loads(parts["manifest.json"]) | {"revision": revision}
        parts["manifest.json"] = json.dumps(facts).encode()

    path = forged(change)

    with elsewhere.app_context(), pytest.raises(StartError, match=said):
        restore_backup(path)

    assert not list(elsewhere.config["INSTANCE"].glob("files/??/*"))


@pytest.mark.parametrize("row", [b"null", b"[1]", b'"x"', b'{"id": 1}'])
def test_row_that_is_no_row_is_told_and_undoes_all(forged, elsewhere, row):
    def change(parts):
        facts = json.loads(parts["manifest.json"])
        parts["rows/team.jsonl"] = row + b"\n"
        facts["rows"]["team"] = 1
        facts["sha256"]["rows/team.jsonl"] = hashlib.sha256(row + b"\n").hexdigest()
        parts["manifest.json"] = json.dumps(facts).encode()

    path = forged(change)

    with elsewhere.app_context():
        with pytest.raises(StartError, match="строки таблицы team не читаются"):
            restore_backup(path)
        assert not any(everything().values())


def test_full_disk_is_told_and_adds_no_row(backup, elsewhere, monkeypatch):
    def fail(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with elsewhere.app_context():
        with monkeypatch.context() as disk:
            disk.setattr(storage.os, "fsync", fail)
            with pytest.raises(StartError, match="повторите flask restore"):
                restore_backup(backup)

        restore_backup(backup)

        assert everything()["user"]


def lock(connection):
    """Have whoever writes wait, and nobody who reads."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text('LOCK TABLE "user" IN SHARE MODE'))


def test_restore_that_was_killed_is_started_again(backup, elsewhere, begin):
    before, files = everything(), storage.stored_names()
    with elsewhere.app_context():
        upgrade()
        with db.engine.begin() as connection:
            lock(connection)
            process = begin(elsewhere, "restore", backup)
            wait_until(lambda: storage.stored_names() == files, process)
            process.kill()
            assert process.wait() < 0

        assert not any(everything().values())
        restore_backup(backup)

        assert everything() == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_row_that_the_database_refuses_undoes_all(app, elsewhere, tmp_path):
    person("Я" * 300, "long@example.org")
    make_backup(tmp_path / "site.zip")

    with elsewhere.app_context():
        with pytest.raises(sa.exc.DataError):
            restore_backup(tmp_path / "site.zip")

        assert not any(everything().values())
