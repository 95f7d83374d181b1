"""What an admin reads about the nightly backups."""

from datetime import timedelta

import pytest

from lms.core.backup.report import last_backup_in_words
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.core.language import NBSP, today
from tests.conftest import save


@pytest.fixture
def night(app):
    """Return a function that does the job of this night."""

    def pass_by():
        save(Job(kind="backup", payload={"day": today().isoformat()}))
        run_next()

    return pass_by


def words():
    return last_backup_in_words().replace(NBSP, " ")


def test_admin_sees_the_last_backup(folder, night, sign_in, admin):
    night()

    page = sign_in(admin).get("/home/").text.replace(NBSP, " ")

    assert "Последняя копия: сегодня в " in page
    assert "КБ." in page


def test_admin_is_told_to_name_a_folder(app):
    assert words() == "Копии не делаются: назовите папку для них в LMS_BACKUPS."


def test_admin_waits_for_the_first_night(folder):
    assert words() == "Копий ещё нет: первая появится после 3:00."


def test_admin_reads_that_the_folder_does_not_open(folder):
    folder.write_text("a file where a folder should be")

    assert words().startswith(f"Копии не делаются: папка {folder} не открылась")


def test_admin_reads_why_the_night_gave_no_backup(app, tmp_path, night):
    (tmp_path / "taken").write_text("a file where a folder should be")
    app.config["LMS_BACKUPS"] = folder = tmp_path / "taken" / "backups"

    night()

    assert words() == f"Копии не делаются: папка {folder}: Not a directory."


def test_admin_reads_the_reason_and_the_last_backup(folder):
    folder.mkdir()
    (folder / f"site-{today() - timedelta(days=1)}.zip").touch()
    save(Job(kind="backup", payload={}, tries=1, error="на диске нет места."))

    assert words().startswith("Копии не делаются: на диске нет места. Последняя — ")


def test_admin_sees_that_backups_have_stopped(folder):
    folder.mkdir()
    (folder / f"site-{today() - timedelta(days=5)}.zip").touch()

    assert words().startswith("Копии не делаются: проверьте службу flask jobs run.")


def test_admin_reads_that_files_were_lost(folder):
    folder.mkdir()
    (folder / f"site-{today()}-without-2.zip").touch()

    assert "В ней нет 2 файлов, которые потерял диск" in words()
