"""The backup of every night, and how many stay."""

import errno
import os
from datetime import date, timedelta

import pytest

from lms.core import storage
from lms.core.backup.archive import open_backup, verify_backup
from lms.core.backup.nightly import (
    ABANDONED,
    backups_in,
    days_to_keep,
    make_nightly_backup,
)
from lms.core.database import utcnow
from lms.core.jobs import JobError
from lms.core.language import today

SUNDAY = date(2026, 11, 29)


@pytest.fixture
def tonight(folder):
    """Return a function that makes the backup of this night."""
    folder.mkdir()
    return lambda: make_nightly_backup({"day": today().isoformat()})


def test_seven_days_and_four_weeks_stay():
    days = [SUNDAY - timedelta(days=n) for n in range(60)]

    kept = days_to_keep(days)

    week = {SUNDAY - timedelta(days=n) for n in range(7)}
    sundays = {SUNDAY - timedelta(weeks=n) for n in range(4)}
    assert kept == week | sundays


def test_backups_dropped_night_by_night_leave_the_same():
    nights = [SUNDAY - timedelta(days=100 - n) for n in range(100)]

    kept = set()
    for night in nights:
        kept = days_to_keep(kept | {night})

    assert kept == days_to_keep(nights)


def test_nights_without_a_backup_take_the_place_of_no_other():
    days = [date(2026, 1, 5) + timedelta(days=10 * n) for n in range(12)]

    assert days_to_keep(days) == set(days[-7:])


def test_night_makes_a_whole_backup_and_drops_old_ones(folder, tonight):
    days = [today() - timedelta(days=n) for n in range(60)]
    for day in days[1:]:
        (folder / f"site-{day}.zip").touch()
    (folder / "mine.zip").touch()

    tonight()

    with open_backup(folder / f"site-{today()}.zip") as archive:
        verify_backup(archive)
    assert {backup.day for backup in backups_in(folder)} == days_to_keep(days)
    assert (folder / "mine.zip").exists()


def test_backup_of_a_night_is_made_once(folder, tonight):
    tonight()
    first = backups_in(folder)

    tonight()

    assert backups_in(folder) == first


def test_night_that_is_over_gets_no_backup(folder):
    make_nightly_backup({"day": (today() - timedelta(days=1)).isoformat()})

    assert not folder.exists()


def test_without_a_folder_no_backup_is_made(app, tmp_path):
    before = sorted(tmp_path.rglob("*"))

    make_nightly_backup({"day": today().isoformat()})

    assert sorted(tmp_path.rglob("*")) == before


def test_drafts_of_stopped_processes_go_away(folder, tonight):
    begun, stopped = folder / "site-1.zip.a.part", folder / "site-1.zip.b.part"
    begun.touch()
    stopped.touch()
    before = (utcnow() - ABANDONED - timedelta(hours=1)).timestamp()
    os.utime(stopped, (before, before))

    tonight()

    assert list(folder.glob("*.part")) == [begun]


def test_full_disk_drops_no_backup_of_another_night(folder, tonight, monkeypatch):
    for n in range(1, 60):
        (folder / f"site-{today() - timedelta(days=n)}.zip").touch()

    def fail(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", fail)

    with pytest.raises(JobError, match="Копия не записана: No space left"):
        tonight()

    assert len(list(folder.iterdir())) == 59


def test_folder_that_cannot_be_made_is_named(folder):
    folder.write_text("a file where a folder should be")

    with pytest.raises(JobError, match=str(folder)):
        make_nightly_backup({"day": today().isoformat()})


def test_backup_without_a_lost_file_says_so_in_its_name(folder, tonight, stored_map):
    stored_map.unlink()

    tonight()

    assert [backup.lost for backup in backups_in(folder)] == [1]
