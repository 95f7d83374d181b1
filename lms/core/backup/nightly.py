"""A backup every night, and how many of them stay."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app

from lms.core.backup.snapshot import make_backup
from lms.core.jobs import every_day
from lms.core.language import day, file_size, today

HOUR = 3
DAILY, WEEKLY = 7, 4
NAME = re.compile(r"site-(\d{4}-\d{2}-\d{2})\.zip")


@every_day("backup", hour=HOUR)
def make_nightly_backup(request: dict[str, Any]) -> None:
    """Make the backup of a day where a folder is named for it, and drop old ones."""
    folder: Path | None = current_app.config["LMS_BACKUPS"]
    if folder is None:
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_backup(folder / f"site-{request['day']}.zip")
    backups = backups_in(folder)
    for old in backups.keys() - days_to_keep(backups):
        backups[old].unlink(missing_ok=True)


def backups_in(folder: Path) -> dict[date, Path]:
    """Return the nightly backups by their day; other files are not ours."""
    found = {}
    for path in folder.glob("site-*.zip"):
        if match := NAME.fullmatch(path.name):
            found[date.fromisoformat(match[1])] = path
    return found


def days_to_keep(days: Iterable[date]) -> set[date]:
    """Choose the last seven days, and the last day of each of the last four weeks."""
    newest_first = sorted(days, reverse=True)
    of_weeks: dict[tuple[int, int], date] = {}
    for one in newest_first:
        of_weeks.setdefault(one.isocalendar()[:2], one)
    return {*newest_first[:DAILY], *list(of_weeks.values())[:WEEKLY]}


def last_backup_in_words() -> str:
    """Say to an admin when the last nightly backup was made, or why there is none."""
    folder: Path | None = current_app.config["LMS_BACKUPS"]
    if folder is None:
        return "Ночные копии не делаются: назовите папку для них в LMS_BACKUPS."
    backups = backups_in(folder)
    if not backups:
        return f"Ночных копий ещё нет: первая появится после {HOUR}:00."
    newest = max(backups)
    size = file_size(backups[newest].stat().st_size)
    made = f"Последняя копия: {day(newest)}, {size}."
    if (today() - newest).days > 1:
        return f"{made} С тех пор копии не делаются: проверьте службу jobs и место."
    return made
