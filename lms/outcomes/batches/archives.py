"""One .zip of all certificates of a cohort: made by a job, kept for a week."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple
from zipfile import ZipFile, ZipInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import enqueue, job
from lms.core.language import site_zone
from lms.core.retention import forget_after
from lms.core.storage import drafts_folder, store_file
from lms.course.cohorts.models import Cohort
from lms.outcomes.batches.models import Archive
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.outcomes.certificates.services import read_pdf

LASTS = timedelta(days=7)
# What no name of a file holds in Windows.
FORBIDDEN = set('\\/:*?"<>|')
LONGEST_NAME = 80

logger = logging.getLogger(__name__)

# The file itself goes with the sweep of files that nothing names.
forget_after(LASTS, Archive.made_at, what="архивы сертификатов потока")


class Paper(NamedTuple):
    """What an archive needs of a certificate."""

    holder_name: str
    number: str
    issued_at: datetime
    pdf_sha256: str

    @property
    def file_name(self) -> str:
        """«Седова Анна — № ТС-2026-000001.pdf», as Windows can write it."""
        signs = (
            sign if sign.isprintable() and sign not in FORBIDDEN else " "
            for sign in self.holder_name
        )
        family_and_first = " ".join("".join(signs).split()[:2])[:LONGEST_NAME].strip()
        return f"{family_and_first} — № {self.number}.pdf"


def ask_for_archive(cohort: Cohort) -> None:
    """Have the archive of a cohort made, in the caller's transaction.

    While it is being made, it is not asked for a second time.
    """
    archive = db.session.get(Archive, cohort.id, with_for_update=True)
    if archive is None:
        archive = _add(cohort)
    elif not archive.is_being_made:
        archive.asked_at = utcnow()
    key = f"pack_certificates:{cohort.id}:{archive.asked_at.isoformat()}"
    enqueue("pack_certificates", {"cohort_id": cohort.id}, key=key)


def archive_of(cohort: Cohort) -> Archive | None:
    """Return the archive of a cohort, made or being made."""
    return db.session.get(Archive, cohort.id)


def count_papers(cohort: Cohort) -> int:
    """Count the certificates of a cohort that are in force."""
    counted = sa.select(sa.func.count()).where(*_in_force(cohort.id))
    return db.session.scalar(counted) or 0


def is_outdated(archive: Archive) -> bool:
    """Tell whether a certificate was issued or revoked since an archive was made."""
    if archive.made_at is None:
        return False
    later = sa.or_(
        Certificate.issued_at > archive.made_at,
        Certificate.revoked_at > archive.made_at,
    )
    changed = sa.exists().where(Certificate.cohort_id == archive.cohort_id, later)
    return bool(db.session.scalar(sa.select(changed)))


@job("pack_certificates", "Архив сертификатов потока")
def pack(request: dict[str, Any]) -> None:
    """Put every certificate in force of a cohort into one file.

    No transaction is open while it is written: others write meanwhile.
    """
    cohort_id = request["cohort_id"]
    # The clock of the machine on which it was asked for may be ahead.
    asked_at = db.session.scalar(
        sa.select(Archive.asked_at).filter_by(cohort_id=cohort_id)
    )
    moment = max(utcnow(), asked_at or utcnow())
    papers = _papers(cohort_id)
    db.session.commit()
    made: dict[str, Any] = {"sha256": None, "trouble": "", "certificates": len(papers)}
    try:
        with TemporaryFile(dir=drafts_folder()) as file:
            write_archive(file, papers)
            file.seek(0)
            made["sha256"] = store_file(file).sha256
    except RuleError as error:
        made["trouble"] = str(error)
    mine = sa.update(Archive).where(Archive.cohort_id == cohort_id)
    db.session.execute(mine.values(made_at=moment, **made))
    db.session.commit()
    logger.info("cohort %s: archive of %s certificates", cohort_id, len(papers))


def write_archive(file: IO[bytes], papers: Sequence[Paper]) -> None:
    """Write a .zip; the PDFs are compressed already, the names are in UTF-8."""
    if not papers:
        raise RuleError("В потоке нет действующих сертификатов.")
    with ZipFile(file, "w") as archive:
        for paper in papers:
            pdf = read_pdf(paper.pdf_sha256)
            if pdf is None:
                raise RuleError(
                    f"Файл сертификата {paper.number} на сервере повреждён."
                    " Организатор курса вернёт его из резервной копии."
                )
            moment = paper.issued_at.astimezone(site_zone()).timetuple()[:6]
            archive.writestr(ZipInfo(paper.file_name, moment), pdf)


def _add(cohort: Cohort) -> Archive:
    """Two people may ask first at once; both get the one row."""
    try:
        with db.session.begin_nested():
            db.session.add(Archive(cohort_id=cohort.id))
    except IntegrityError:
        pass
    return db.session.get_one(Archive, cohort.id)


def _papers(cohort_id: int) -> Sequence[Paper]:
    names = [getattr(Certificate, name) for name in Paper._fields]
    valid = sa.select(*names).where(*_in_force(cohort_id))
    rows = db.session.execute(valid.order_by(Certificate.number))
    return [Paper(*row) for row in rows]


def _in_force(cohort_id: int) -> list[sa.ColumnElement[bool]]:
    is_valid = Certificate.state == CertificateState.VALID
    return [Certificate.cohort_id == cohort_id, is_valid]
