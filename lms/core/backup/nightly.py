"""A backup every night, and how many of them stay."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from lms.core.backup.snapshot import DRAFT, make_backup
from lms.core.database import utcnow
from lms.core.environment import StartError
from lms.core.jobs import JobError, every_day
from lms.core.language import today

HOUR = 3
KIND = "backup"
DAILY, WEEKLY = 7, 4
# «site-2026-11-28.zip»; one without two files that the disk has lost ends differently.
NAME = re.compile(r"site-(\d{4}-\d{2}-\d{2})(?:-without-(\d+))?\.zip")
# Nobody writes so long: the process that began was stopped.
ABANDONED = timedelta(days=1)


@dataclass(frozen=True)
class NightlyBackup:
    """One file in the folder of backups."""

    path: Path
    day: date
    # How many files it should have and the disk had lost.
    lost: int
    made_at: datetime
    size: int


@every_day(KIND, "Резервная копия", hour=HOUR)
def make_nightly_backup(request: dict[str, Any]) -> None:
    """Make the backup of a day where a folder is named for it, and drop old ones.

    It may be asked twice, when it takes longer than a worker has a job to itself; and
    of a day that is over there is nothing to keep.
    """
    folder: Path | None = current_app.config["LMS_BACKUPS"]
    day = date.fromisoformat(request["day"])
    if folder is None or day != today():
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if day not in {backup.day for backup in backups_in(folder)}:
            _make(folder, day)
        _drop_old(folder)
    except OSError as error:
        raise JobError(f"папка {folder}: {error.strerror}") from error
    except StartError as refusal:
        raise JobError(str(refusal)) from refusal


def backups_in(folder: Path) -> list[NightlyBackup]:
    """Return the nightly backups, the newest first; other files are not ours."""
    found = []
    for path in folder.iterdir():
        if match := NAME.fullmatch(path.name):
            facts = path.stat()
            made_at = datetime.fromtimestamp(facts.st_mtime, UTC)
            day, lost = date.fromisoformat(match[1]), int(match[2] or 0)
            found.append(NightlyBackup(path, day, lost, made_at, facts.st_size))
    return sorted(found, key=lambda backup: (backup.day, backup.made_at), reverse=True)


def days_to_keep(days: Iterable[date]) -> set[date]:
    """Choose the last seven days, and the last day of each of the last four weeks."""
    newest_first = sorted(set(days), reverse=True)
    of_weeks: dict[tuple[int, int], date] = {}
    for one in newest_first:
        of_weeks.setdefault(one.isocalendar()[:2], one)
    return {*newest_first[:DAILY], *list(of_weeks.values())[:WEEKLY]}


def _make(folder: Path, day: date) -> None:
    path = folder / f"site-{day}.zip"
    manifest = make_backup(path)
    if manifest.lost:
        path.rename(folder / f"site-{day}-without-{len(manifest.lost)}.zip")


def _drop_old(folder: Path) -> None:
    backups = backups_in(folder)
    kept = days_to_keep(backup.day for backup in backups)
    for backup in backups:
        if backup.day not in kept:
            backup.path.unlink(missing_ok=True)
    for draft in folder.glob(f"site-*{DRAFT}"):
        began = datetime.fromtimestamp(draft.stat().st_mtime, UTC)
        if utcnow() - began > ABANDONED:
            draft.unlink(missing_ok=True)
