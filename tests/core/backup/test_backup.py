"""A backup holds everything, is found out when it is damaged, and becomes a site."""

import resource
import threading
import zipfile

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.backup.archive import make_backup, open_backup, verify_backup
from lms.core.backup.restore import restore_backup
from lms.core.backup.rows import tables
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.storage import open_stored, store_bytes
from lms.identity.audit.models import AuditEvent
from lms.site import create_app
from tests.conftest import person, save, settings
from tests.older_rows import fill_tables


@pytest.fixture
def furnished(app, certificate):
    """A site in which people have done something, with files on the disk."""
    person("Ёлкина Яна", "elkina@example.org")
    store_bytes(b"a map of the village")
    db.session.commit()


@pytest.fixture
def backup(furnished, tmp_path):
    path = tmp_path / "site.zip"
    make_backup(path)
    return path


@pytest.fixture
def elsewhere(bare_url, tmp_path):
    """Another site on an empty database and an empty folder."""
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o700)
    site = create_app(settings(bare_url, folder))
    yield site
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


def everything():
    """Return all rows of all tables, as Python sees them."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(
                sa.select(table).order_by(*table.primary_key.columns)
            ).all()
            for table in tables()
        }


def test_backup_becomes_the_same_site_on_either_database(backup, elsewhere):
    before = everything()

    with elsewhere.app_context():
        restore_backup(backup)
        after = everything()
        with open_stored(before["stored_file"][0].sha256) as stored:
            content = stored.read()

    assert after == before
    assert content
    assert sum(map(len, before.values())) > 20


@pytest.mark.parametrize("bare_url", ["sqlite", "postgresql"], indirect=True)
def test_every_table_comes_back(bare, bare_url, tmp_path):
    upgrade()
    with db.engine.begin() as connection:
        fill_tables(connection)
    before, path = everything(), tmp_path / "site.zip"
    make_backup(path)
    db.session.remove()
    site = create_app(settings(f"sqlite:///{tmp_path / 'other.sqlite3'}", tmp_path))

    with site.app_context():
        restore_backup(path)
        after = everything()
        db.engine.dispose()

    assert after == before
    assert all(before.values())


def test_next_row_after_a_restore_has_a_free_number(backup, elsewhere):
    with elsewhere.app_context():
        restore_backup(backup)

        person("Новый Человек", "new@example.org")

        assert db.session.scalar(sa.text('SELECT count(*) FROM "user"')) >= 3


def test_backup_made_while_people_write_is_of_one_moment(app, furnished, tmp_path):
    enough = threading.Event()

    def write():
        with app.app_context():
            number = 0
            while not enough.is_set():
                number += 1
                person(f"Участник {number}", f"{number}@example.org")

    writer = threading.Thread(target=write)
    writer.start()
    make_backup(tmp_path / "site.zip")
    enough.set()
    writer.join()

    with open_backup(tmp_path / "site.zip") as archive:
        manifest = verify_backup(archive)
    assert manifest.rows["user"] >= 2


def test_backup_is_closed_to_others_and_leaves_no_draft(backup):
    assert backup.stat().st_mode & 0o077 == 0
    assert list(backup.parent.glob("*.part")) == []


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


def test_folder_that_is_not_there_is_named(furnished, tmp_path):
    with pytest.raises(StartError, match="Копия не записана"):
        make_backup(tmp_path / "nowhere" / "site.zip")


@pytest.fixture
def spoilt(backup):
    """Return a function that writes the backup anew with some parts changed."""

    def spoil(change):
        with zipfile.ZipFile(backup) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        change(parts)
        with zipfile.ZipFile(backup, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return backup

    return spoil


DAMAGES = {
    "a row changed": lambda parts: parts.update(
        {"rows/user.jsonl": parts["rows/user.jsonl"].replace("Ё".encode(), b"E")}
    ),
    "a part is gone": lambda parts: parts.pop("rows/team.jsonl"),
    "a part too many": lambda parts: parts.update({"../evil": b""}),
    "no list": lambda parts: parts.pop("manifest.json"),
    "a list of nothing": lambda parts: parts.update({"manifest.json": b"[]"}),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_backup_is_found_out(spoilt, damage, elsewhere):
    path = spoilt(damage)

    with elsewhere.app_context(), pytest.raises(StartError, match="Копия повреждена"):
        restore_backup(path)


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_cut_backup_is_found_out(backup, share):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(StartError, match="не открылся"), open_backup(backup):
        pass


def test_backup_is_not_restored_over_a_site(backup):
    before = everything()

    with pytest.raises(StartError, match="База не пуста"):
        restore_backup(backup)

    assert everything() == before


def test_backup_of_another_release_is_refused(spoilt, elsewhere):
    def age(parts):
        listed = parts["manifest.json"]
        parts["manifest.json"] = listed.replace(b'"revision": "0', b'"revision": "9')

    path = spoilt(age)

    with elsewhere.app_context(), pytest.raises(StartError, match="тем же выпуском"):
        restore_backup(path)


def test_restore_that_was_cut_is_started_again(backup, elsewhere, monkeypatch):
    with elsewhere.app_context():
        with monkeypatch.context() as cut:
            cut.setattr("lms.core.backup.restore.go_on_counting", _cut)
            with pytest.raises(KeyboardInterrupt):
                restore_backup(backup)

        restore_backup(backup)

        assert everything()["user"]


def _cut(*_):
    raise KeyboardInterrupt


def test_nothing_and_the_word_null_stay_apart(furnished, elsewhere, tmp_path):
    facts = {"action": "x", "object_type": "x", "object_id": "x"}
    save(AuditEvent(**facts, before=sa.null(), after=sa.JSON.NULL))
    texts = (sa.cast(c, sa.Text) for c in (AuditEvent.before, AuditEvent.after))
    stored = sa.select(*texts).where(AuditEvent.action == "x")
    make_backup(tmp_path / "site.zip")

    with elsewhere.app_context():
        restore_backup(tmp_path / "site.zip")

        assert db.session.execute(stored).all() == [(None, "null")]


def test_backup_of_a_restored_site_has_the_same_hashes(furnished, elsewhere, tmp_path):
    before = make_backup(tmp_path / "before.zip")

    with elsewhere.app_context():
        restore_backup(tmp_path / "before.zip")
        after = make_backup(tmp_path / "after.zip")

    assert after.sha256 == before.sha256
