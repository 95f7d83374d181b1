"""Excerpts of files: made once, in a process with limits, and stored."""

import threading
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.core.sandbox import LateError, Sandbox, TangledError
from lms.core.storage import stored_on_this_machine
from lms.core.undo import undo_term
from lms.work.drafts.files import KIND_BY_TYPE
from lms.work.previews.excerpt import Excerpt
from lms.work.previews.models import StoredExcerpt
from lms.work.previews.reading import KINDS, RULES, read_file
from lms.work.submissions.models import Attempt, AttemptFile, stands
from lms.work.submissions.signals import attempt_sent

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 1
# Only a busy machine needs so long for a second of the processor.
SECONDS = 10
# So many pages of a process have a child at once; the others wait a little for one.
CHILDREN, PATIENCE = threading.BoundedSemaphore(2), 3.0

TANGLED = "он устроен слишком сложно"
BUSY = "сервер сейчас занят"
UNKNOWN = "такие файлы здесь не открываются"


def kind_of(file: AttemptFile) -> str:
    """Return the kind by which the file was accepted, or nothing."""
    return KIND_BY_TYPE.get(file.media_type, "")


def excerpt_of_file(file: AttemptFile) -> Excerpt:
    """Return what is stored of a file; what is not, is made now and stored.

    What was stored by older rules is made anew as well, and shown as it is when the
    machine is busy.
    """
    sha256, kind = file.sha256, kind_of(file)
    if kind not in KINDS:
        return Excerpt(refusal=UNKNOWN)
    stored = db.session.get(StoredExcerpt, (sha256, kind))
    known = Excerpt.load(stored.content) if stored else Excerpt(refusal=BUSY)
    if stored and stored.rules == RULES:
        return known
    db.session.rollback()  # no transaction waits for the child
    with _sandbox(places=CHILDREN) as sandbox:
        try:
            return _make(sandbox, sha256, kind)
        except LateError:
            return known


@attempt_sent.connect
def enqueue_excerpts(attempt: Attempt) -> None:
    """Read the files of a work in the background as soon as it is sent."""
    if attempt.files:
        run_at = utcnow() + undo_term()
        enqueue("excerpts", {"attempt": attempt.id}, run_at=run_at)


@job("excerpts", "Просмотр файлов работы")
def make_excerpts(payload: dict[str, Any]) -> None:
    """Make the excerpts of an attempt before its tutor comes.

    A file that the clock stopped is tried again with the job.
    """
    files = db.session.scalars(
        sa.select(AttemptFile)
        .join(Attempt, Attempt.id == AttemptFile.attempt_id)
        .where(Attempt.id == payload["attempt"], stands())
        .order_by(AttemptFile.id)
    )
    keys = [(file.sha256, kind_of(file)) for file in files]
    with _sandbox() as sandbox:
        for sha256, kind in keys:
            known = db.session.get(StoredExcerpt, (sha256, kind))
            is_made = known is not None and known.rules == RULES
            db.session.rollback()
            if kind in KINDS and not is_made:
                _make(sandbox, sha256, kind)


def read_within_limits(sandbox: Sandbox, path: str, kind: str) -> Excerpt:
    """Read a file in the child; what is too much for it is a refusal."""
    try:
        answer = sandbox.call(read_file, seconds=SECONDS, path=path, kind=kind)
    except LateError:
        raise
    except TangledError:
        return Excerpt(refusal=TANGLED)
    return Excerpt.load(answer)


def _sandbox(places: threading.Semaphore | None = None) -> Sandbox:
    return Sandbox(
        memory=MEMORY, cpu_seconds=CPU_SECONDS, places=places, patience=PATIENCE
    )


def _make(sandbox: Sandbox, sha256: str, kind: str) -> Excerpt:
    """Read a file in the child and store what it says, a refusal as well."""
    with stored_on_this_machine(sha256) as path:
        excerpt = read_within_limits(sandbox, str(path), kind)
    content = asdict(excerpt)
    db.begin_to_write()
    row = StoredExcerpt(sha256=sha256, kind=kind, content=content, rules=RULES)
    try:
        db.session.merge(row)
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()  # another worker was faster and read the same
    return excerpt
