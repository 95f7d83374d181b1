"""What an admin reads about the nightly backups."""

from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from lms.core.backup.nightly import HOUR, KIND, NightlyBackup, backups_in
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import file_size, moment, plural, today

FILES = "файла", "файлов", "файлов"


def last_backup_in_words() -> str:
    """Say when the last nightly backup was made, or why there is none."""
    folder: Path | None = current_app.config["LMS_BACKUPS"]
    if folder is None:
        return "Копии не делаются: назовите папку для них в LMS_BACKUPS."
    try:
        backups = backups_in(folder) if folder.exists() else []
    except OSError as error:
        return f"Копии не делаются: папка {folder} не открылась ({error.strerror})."
    last = backups[0] if backups else None
    if reason := _trouble(last):
        before = f" Последняя — {_facts(last)}." if last else ""
        return f"Копии не делаются: {reason.rstrip('.')}.{before}"
    if last is None:
        return f"Копий ещё нет: первая появится после {HOUR}:00."
    return f"Последняя копия: {_facts(last)}.{_loss(last)}"


def _trouble(last: NightlyBackup | None) -> str:
    """Return why the last night gave no backup; nothing if it did."""
    task = db.session.scalar(
        sa.select(Job).where(Job.kind == KIND).order_by(Job.id.desc()).limit(1)
    )
    if task and task.error and task.done_at is None:
        return task.error
    is_old = last is not None and (today() - last.day).days > 1
    return "проверьте службу flask jobs run" if is_old else ""


def _facts(backup: NightlyBackup) -> str:
    return f"{moment(backup.made_at)}, {file_size(backup.size)}"


def _loss(backup: NightlyBackup) -> str:
    if not backup.lost:
        return ""
    files = plural(backup.lost, *FILES)
    return f" В ней нет {files}, которые потерял диск: их назовёт flask verify."
