"""A backup that is not what it was is found out, whatever became of it."""

import json
import zipfile

import pytest

from lms.core.backup.archive import open_backup, verify_backup
from lms.core.environment import StartError

NO_BACKUP = "контрольная сумма не сходится"


def verify(path):
    with open_backup(path) as archive:
        verify_backup(archive)


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_cut_backup_is_found_out(backup, share):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(StartError, match=NO_BACKUP):
        verify(backup)


def test_every_changed_byte_is_found_out(backup):
    content = backup.read_bytes()

    for place in range(0, len(content), len(content) // 200):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        backup.write_bytes(spoilt)
        with pytest.raises(StartError, match=NO_BACKUP):
            verify(backup)


def test_bytes_behind_the_end_are_found_out(backup):
    backup.write_bytes(backup.read_bytes() + b"\0")

    with pytest.raises(StartError, match=NO_BACKUP):
        verify(backup)


def test_foreign_archive_is_no_backup(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"x" * 1000)

    with pytest.raises(StartError, match=NO_BACKUP):
        verify(path)


@pytest.mark.parametrize("name", ["nowhere.zip", "."])
def test_file_that_does_not_open_is_named(tmp_path, name):
    with pytest.raises(StartError, match="не открылся"):
        verify(tmp_path / name)


def listed(parts, **changes):
    facts = json.loads(parts["manifest.json"]) | changes
    parts["manifest.json"] = json.dumps(facts).encode()


FORGERIES = {
    "a row changed": lambda parts: parts.update(
        {"rows/user.jsonl": parts["rows/user.jsonl"].replace("Ё".encode(), b"E")}
    ),
    "a part is gone": lambda parts: parts.pop("rows/team.jsonl"),
    "a part too many": lambda parts: parts.update({"files/../../evil": b""}),
    "a way out": lambda parts: (
        parts.clear(),
        parts.update({"../evil": b"", "manifest.json": LIST_OF_A_WAY_OUT}),
    ),
    "no list": lambda parts: parts.pop("manifest.json"),
    "a list of nothing": lambda parts: parts.update({"manifest.json": b"[]"}),
    "a list that is wrong": lambda parts: listed(parts, rows={"user": "many"}),
    "a list without its rows": lambda parts: listed(parts, rows={}),
}
LIST_OF_A_WAY_OUT = b"""{"made_at": "2026-11-28T03:00:00Z", "revision": "0001",
    "rows": {"stored_file": 0}, "sha256": {"../evil": "e3b0c44298fc1c149afbf4c8996fb924\
27ae41e4649b934ca495991b7852b855"}}"""


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_forged_backup_is_found_out(forged, forgery):
    path = forged(forgery)

    with pytest.raises(StartError, match="Копия повреждена"):
        verify(path)
