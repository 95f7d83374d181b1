"""The archive of a cohort: every paper in force, under names that Windows reads."""

import hashlib
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import current_app

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.file_sweep import sweep_files
from lms.core.job_tries import run_next
from lms.core.jobs import handlers
from lms.core.storage import GRACE, StoredFile, open_stored
from lms.outcomes.batches.archives import (
    LASTS,
    Paper,
    archive_of,
    ask_for_archive,
    is_outdated,
)
from lms.outcomes.batches.models import Archive
from lms.outcomes.certificates.services import issue_certificate, revoke_certificate
from tests.achievements import finish
from tests.conftest import count

UTF_8 = 0x800


@pytest.fixture
def pack(cohort):
    """Return a function that has the archive made and returns its row."""

    def make():
        ask_for_archive(cohort)
        db.session.commit()
        while run_next():
            pass
        db.session.expire_all()
        return archive_of(cohort)

    return make


def opened(archive):
    with open_stored(archive.sha256) as file:
        return ZipFile(io.BytesIO(file.read()))


def test_archive_holds_every_paper_byte_for_byte(pack, certificate):
    archive = pack()

    with opened(archive) as files:
        (entry,) = files.infolist()
        paper = files.read(entry)
    assert entry.filename == f"Седова Анна — № {certificate.number}.pdf"
    assert entry.flag_bits & UTF_8
    assert hashlib.sha256(paper).hexdigest() == certificate.pdf_sha256
    assert archive.certificates == 1


def test_revoked_certificate_is_not_in_the_archive(
    pack, certificate, member, accepted, cohort, tutor, admin
):
    issue_certificate(finish(member, accepted), cohort, actor=tutor)
    revoke_certificate(certificate, reason="Ошибка", actor=admin)

    with opened(pack()) as files:
        assert [name.split(" — ")[0] for name in files.namelist()] == ["Орлов Олег"]


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Седова Анна Викторовна", "Седова Анна"),
        ('Иванов "Пётр" / Ли', "Иванов Пётр"),
        ("Сон\u202e: Ын", "Сон Ын"),
        ("Мадонна", "Мадонна"),
    ],
)
def test_names_of_files_are_those_windows_can_write(name, readable):
    paper = Paper(name, "ТС-2026-000001", utcnow(), "")

    assert paper.file_name == f"{readable} — № ТС-2026-000001.pdf"


def test_asking_while_it_is_made_makes_it_once(pack, certificate, cohort):
    ask_for_archive(cohort)
    ask_for_archive(cohort)

    assert pack().certificates == 1
    assert count(Archive) == 1


def test_archive_asked_for_by_a_clock_that_is_ahead_gets_made(
    pack, certificate, cohort
):
    ask_for_archive(cohort)
    db.session.execute(
        sa.update(Archive).values(asked_at=utcnow() + timedelta(hours=1))
    )

    archive = pack()

    assert archive.sha256
    assert not archive.is_being_made


def test_archive_is_outdated_by_a_later_certificate(
    pack, certificate, member, accepted, cohort, tutor
):
    archive = pack()
    assert not is_outdated(archive)

    issue_certificate(finish(member, accepted), cohort, actor=tutor)

    assert is_outdated(archive)
    assert not is_outdated(pack())


def test_damaged_paper_is_told_and_not_packed(pack, certificate):
    file_store().remove(certificate.pdf_sha256)

    archive = pack()

    assert archive.sha256 is None
    assert certificate.number in archive.trouble


def test_archive_goes_after_a_week(pack, certificate):
    sha256 = pack().sha256
    long_ago = utcnow() - LASTS - GRACE - timedelta(days=1)
    db.session.execute(sa.update(Archive).values(made_at=long_ago))
    db.session.execute(sa.update(StoredFile).values(stored_at=long_ago))
    db.session.commit()

    handlers["forget archive.made_at"]({})
    sweep_files({})

    assert count(Archive) == 0
    assert db.session.get(StoredFile, sha256) is None
    assert db.session.get(StoredFile, certificate.pdf_sha256)


def test_nothing_half_written_is_left_of_the_archive(pack, certificate):
    pack()

    folder = current_app.config["INSTANCE"] / "files"
    assert [path for path in folder.iterdir() if path.is_file()] == []
