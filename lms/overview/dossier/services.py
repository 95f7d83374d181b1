"""Asking for a copy of one's own data, and the job that makes it."""

import logging
from tempfile import TemporaryFile
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.jobs import enqueue, job
from lms.core.mail import send_mail
from lms.core.storage import StoredFile, drafts_folder, store_file
from lms.identity.accounts.models import User
from lms.identity.accounts.services import prove_password
from lms.identity.erasures.signals import person_erased
from lms.identity.requests.models import DataRequest, RequestKind
from lms.overview.dossier.archive import write_copy
from lms.overview.dossier.models import Export
from lms.overview.dossier.sections import sections_of

KIND, FORGET = "copy of data", "forget copy of data"

logger = logging.getLogger(__name__)


def copy_under_way(person: User) -> DataRequest | None:
    """Return what a person has asked for and not got yet."""
    mine = sa.select(DataRequest).where(
        DataRequest.user_id == person.id,
        DataRequest.kind == RequestKind.EXPORT,
        DataRequest.done_at.is_(None),
    )
    return db.session.scalar(mine.order_by(DataRequest.id).limit(1))


def ask_for_copy(person: User, *, password: str) -> None:
    """Have a copy made; whoever has asked already waits for the first one."""
    prove_password(person, password)
    try:
        with db.session.begin_nested():
            request = DataRequest(user_id=person.id, kind=RequestKind.EXPORT)
            db.session.add(request)
    except IntegrityError:
        db.session.rollback()
        return
    enqueue(KIND, {"request_id": request.id}, key=f"{KIND}:{request.id}")
    db.session.commit()
    logger.info("user %s: asked for a copy of the data", person.id)


@job(KIND, "Копия своих данных")
def make_copy(asked: dict[str, Any]) -> None:
    """Put everything that a person is given into one file, and say that it is there.

    A job that was stopped begins anew: what it had written is in no place yet.
    """
    request = db.session.get_one(DataRequest, asked["request_id"])
    if not request.is_open:
        return
    person, made_at = request.user, utcnow()
    if person.closed_at:
        request.done_at, request.note = made_at, "учётная запись закрыта"
        db.session.commit()
        return
    sections = list(sections_of(person))
    with TemporaryFile(dir=drafts_folder()) as file:
        write_copy(file, person, sections, made_at=made_at)
        file.seek(0)
        _finish(request, store_file(file))
    logger.info("user %s: copy of %s tables", person.id, len(sections))


def _finish(request: DataRequest, stored: StoredFile) -> None:
    """Store the answer with its letter; of two workers the slower one changes nothing.

    Nor does one whose person was erased meanwhile: what it had written goes at once.
    The week of the link begins when the copy is there.
    """
    moment = utcnow()
    mine = sa.update(DataRequest).where(
        DataRequest.id == request.id, DataRequest.done_at.is_(None)
    )
    answered = db.session.execute(mine.values(done_at=moment, note="копия собрана"))
    facts = {"sha256": stored.sha256, "size": stored.size, "made_at": moment}
    if not answered.rowcount:  # type: ignore[attr-defined]
        db.session.rollback()
        forget_copy(facts)
        return
    db.session.add(Export(request_id=request.id, **facts))
    person = request.user
    template = "overview/dossier/mail/ready.txt"
    send_mail(person.email, "Копия ваших данных готова", template, person=person)
    db.session.commit()


@person_erased.connect
def drop_copies(person: User) -> None:
    """Take away the copies of a person who is being erased, and make no other."""
    theirs = DataRequest.user_id == person.id, DataRequest.kind == RequestKind.EXPORT
    asked = sa.select(DataRequest.id).where(*theirs)
    made = sa.delete(Export).where(Export.request_id.in_(asked))
    for sha256 in db.session.scalars(made.returning(Export.sha256)).all():
        enqueue(FORGET, {"sha256": sha256})
    still_open = sa.update(DataRequest).where(*theirs, DataRequest.done_at.is_(None))
    db.session.execute(still_open.values(done_at=utcnow()))


@job(FORGET, "Удаление: собранная копия данных")
def forget_copy(copy: dict[str, Any]) -> None:
    """Remove the bytes at once, and not with the nightly sweep of files."""
    mine = StoredFile.sha256 == copy["sha256"]
    db.session.execute(sa.delete(StoredFile).where(mine))
    file_store().remove(copy["sha256"])
    db.session.commit()
