"""The list of the erased, kept outside the database.

A backup made before an erasure does not know of it, so the list lies beside the data
and beside the nightly backups. It names nobody: a number, and since when it is taken.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
    the next try of the job, or taken out by `note_kept`.
    """
    for path in list_files():
        if erased not in _known(path):
            _append(path, erased)


def note_kept(person: Erased) -> None:
    """Take a person out of every list whose erasure was begun and then called off."""
    for path in list_files():
        if person in _known(path):
            _append(path, person, kept=True)


def _known(path: Path) -> list[Erased]:
    with _trouble_in_words(path):
        return read_list(path)


def _append(path: Path, person: Erased, **more: bool) -> None:
    facts = {"user": person.user_id, "since": person.created_at.isoformat()} | more
    with _trouble_in_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            # A line that a power cut left without its end must not swallow this one.
            file.write(f"\n{json.dumps(facts)}\n")
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def _trouble_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise JobError(f"список удалённых {path}: {error.strerror}") from error


def read_list(path: Path) -> list[Erased]:
    """Read a list; what is no whole line is passed over."""
    if not path.exists():
        return []
    found: dict[Erased, bool] = {}
    for line in path.read_text("utf-8").splitlines():
        found |= _read(line)
    return [person for person, is_kept in found.items() if not is_kept]


def _read(line: str) -> dict[Erased, bool]:
    """Return whom a line names, and whether it takes them out."""
    try:
        facts = json.loads(line)
        person = Erased(facts["user"], datetime.fromisoformat(facts["since"]))
        return {person: bool(facts.get("kept"))}
    except (ValueError, KeyError, TypeError):
        return {}
