"""The backup of every night, and how many stay."""

from datetime import date, timedelta

import pytest

from lms.core.backup.archive import open_backup, verify_backup
from lms.core.backup.nightly import (
    backups_in,
    days_to_keep,
    last_backup_in_words,
    make_nightly_backup,
)
from lms.core.language import today

SUNDAY = date(2026, 11, 29)


@pytest.fixture
def folder(app, tmp_path):
    app.config["LMS_BACKUPS"] = tmp_path / "backups"
    return app.config["LMS_BACKUPS"]


def test_seven_days_and_four_weeks_stay():
    days = [SUNDAY - timedelta(days=n) for n in range(60)]

    kept = days_to_keep(days)

    week = {SUNDAY - timedelta(days=n) for n in range(7)}
    sundays = {SUNDAY - timedelta(weeks=n) for n in range(4)}
    assert kept == week | sundays


def test_night_makes_a_whole_backup_and_drops_old_ones(folder):
    folder.mkdir()
    for n in range(1, 60):
        (folder / f"site-{SUNDAY - timedelta(days=n)}.zip").touch()
    (folder / "mine.zip").touch()

    make_nightly_backup({"day": SUNDAY.isoformat()})

    with open_backup(folder / f"site-{SUNDAY}.zip") as archive:
        verify_backup(archive)
    assert len(backups_in(folder)) == 10
    assert (folder / "mine.zip").exists()


def test_without_a_folder_no_backup_is_made(app):
    make_nightly_backup({"day": SUNDAY.isoformat()})

    assert "не делаются" in last_backup_in_words()


def test_admin_sees_the_last_backup(folder, sign_in, admin):
    make_nightly_backup({"day": today().isoformat()})

    assert "Последняя копия" in sign_in(admin).get("/home/").text


def test_admin_sees_that_backups_have_stopped(folder):
    make_nightly_backup({"day": (today() - timedelta(days=5)).isoformat()})

    assert "С тех пор копии не делаются" in last_backup_in_words()
