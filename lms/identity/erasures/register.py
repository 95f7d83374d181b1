"""The list of the erased, kept outside the database.

A backup made before an erasure does not know of it, so the list lies beside the data
and beside the nightly backups. It names nobody: a number, and since when it is taken.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flask import current_app

from lms.core.jobs import JobError

FILE = "erased.jsonl"


class Erased(NamedTuple):
    """One person who was erased; the moment tells whether it is the same account."""

    user_id: int
    created_at: datetime


def list_files() -> list[Path]:
    """Return where the list is kept: beside the data, and beside the backups."""
    folders = current_app.config["INSTANCE"], current_app.config["LMS_BACKUPS"]
    return [folder / FILE for folder in folders if folder]


def note_erased(erased: Erased) -> None:
    """Write a person down in every list, safe against a power cut.

    That comes before the erasure itself: whoever stands here for nothing is erased by
    the next try of the job.
    """
    moment = erased.created_at.isoformat()
    # A line that a power cut left without its end must not swallow this one.
    line = "\n" + json.dumps({"user": erased.user_id, "since": moment}) + "\n"
    for path in list_files():
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if erased not in read_list(path):
                _append(path, line)
        except OSError as error:
            raise JobError(f"список удалённых {path}: {error.strerror}") from error


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read_list(path: Path) -> list[Erased]:
    """Read a list; what is no whole line is passed over."""
    if not path.exists():
        return []
    return [one for line in path.read_text("utf-8").splitlines() for one in _read(line)]


def _read(line: str) -> Iterable[Erased]:
    try:
        facts = json.loads(line)
        yield Erased(facts["user"], datetime.fromisoformat(facts["since"]))
    except (ValueError, KeyError, TypeError):
        return
