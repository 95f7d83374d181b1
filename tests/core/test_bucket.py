"""Files in a bucket behave as files in the folder do."""

import hashlib
import os
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.backup.snapshot import make_backup
from lms.core.bucket import read_files
from lms.core.bucket_store import PIECE
from lms.core.database import utcnow
from lms.core.downloads import send_stored
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.file_sweep import sweep_files
from lms.core.storage import (
    GRACE,
    StoredFile,
    open_stored,
    store_bytes,
    stored_names,
    stored_on_this_machine,
)
from lms.core.troubles import UnavailableError
from lms.setup.start import check_start
from tests.conftest import count

TEXT = b"0123456789" * 300_000
NAME = {"name": "карта.pdf", "media_type": "application/pdf"}
FORMS = (
    *("https://key:secret@host/bucket", "s3://host/bucket", "s3://key@host/bucket"),
    *("s3://key:secret@/bucket", "s3://key:secret@host", "s3://key:secret@host/"),
    *("s3://key:secret@host:port/bucket", "s3://key:secret@[host/bucket", "bucket"),
)


@pytest.fixture
def cloud(app, bucket):
    """The site with its files in a bucket."""
    app.config["LMS_FILES"] = bucket
    return app


def keep(content):
    sha256 = store_bytes(content).sha256
    db.session.commit()
    return sha256


def age_rows():
    long_ago = utcnow() - GRACE - timedelta(hours=1)
    db.session.execute(sa.update(StoredFile.__table__).values(stored_at=long_ago))
    db.session.commit()
    return long_ago


def test_stored_bytes_come_back_and_leave_nothing_on_this_machine(cloud):
    sha256 = keep(TEXT)

    with open_stored(sha256) as stored:
        assert stored.read() == TEXT
    assert keep(TEXT) == sha256
    assert stored_names() == {sha256}
    assert not list((cloud.config["INSTANCE"] / "files").rglob("*"))


def test_large_file_goes_in_pieces_and_comes_whole(cloud):
    content = os.urandom(2 * PIECE + 17)

    sha256 = keep(content)

    with open_stored(sha256) as stored:
        assert hashlib.file_digest(stored, "sha256").hexdigest() == sha256


def test_reader_gets_the_part_that_is_asked_for(cloud):
    sha256 = keep(TEXT)

    with cloud.test_request_context(headers={"Range": "bytes=2500005-2500009"}):
        answer = send_stored(sha256, **NAME)

        assert answer.status_code == 206
        assert b"".join(answer.iter_encoded()) == b"56789"
        assert answer.headers["Content-Range"] == "bytes 2500005-2500009/3000000"


def test_whole_file_says_its_size_and_name(cloud):
    sha256 = keep(TEXT)

    with cloud.test_request_context():
        answer = send_stored(sha256, **NAME)

        assert b"".join(answer.iter_encoded()) == TEXT
        assert answer.content_length == len(TEXT)
        assert "%D0%BA%D0%B0%D1%80%D1%82%D0%B0" in answer.headers["Content-Disposition"]


def test_reader_who_has_the_file_gets_no_bytes(cloud):
    sha256 = keep(TEXT)

    with cloud.test_request_context(headers={"If-None-Match": f'"{sha256}"'}):
        assert send_stored(sha256, **NAME).status_code == 304


def test_other_process_may_open_a_copy_while_it_needs_one(cloud):
    with stored_on_this_machine(keep(TEXT)) as path:
        assert path.read_bytes() == TEXT

    assert not path.exists()


def test_file_that_is_not_there_is_not_found(cloud):
    with pytest.raises(FileNotFoundError):
        open_stored("0" * 64)

    assert file_store().changed_at("0" * 64) is None


def test_sweep_of_a_day_removes_what_nothing_names(cloud, age_bucket):
    keep(TEXT)

    long_ago = age_rows()
    age_bucket(long_ago)
    sweep_files({})
    assert (count(StoredFile), len(stored_names())) == (0, 1)

    age_bucket(long_ago)
    sweep_files({})
    assert stored_names() == set()


def test_lost_file_is_named_in_the_backup(cloud, tmp_path):
    sha256 = keep(TEXT)
    file_store().remove(sha256)

    assert make_backup(tmp_path / "site.zip").lost == [sha256]


def test_storage_that_is_silent_loses_nothing(cloud, silent_bucket, tmp_path):
    keep(TEXT)
    cloud.config["LMS_FILES"] = silent_bucket

    with pytest.raises(StartError, match=r"не записана: 127\.0\.0\.1:\d+ не отвечает"):
        make_backup(tmp_path / "site.zip")
    with pytest.raises(UnavailableError, match="Хранилище файлов сейчас не отвечает"):
        store_bytes(b"one")


def test_readiness_tells_of_a_silent_storage(cloud, silent_bucket, guest):
    assert guest.get("/readyz").status_code == 200

    cloud.config["LMS_FILES"] = silent_bucket

    assert guest.get("/readyz").json == {"status": "disk"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"secret": "other"}, "не пускает в ведро «tochka-"),
        ({"key": "other"}, "не пускает в ведро «tochka-"),
        ({"name": "nowhere"}, "нет ведра «nowhere»"),
    ],
    ids=str,
)
def test_site_does_not_start_with_a_wrong_bucket(cloud, bucket, wrong, said):
    cloud.config["LMS_FILES"] = replace(bucket, **wrong)

    with pytest.raises(StartError, match=f"LMS_FILES_URL: .*{said}") as refusal:
        check_start(cloud)

    assert bucket.secret not in str(refusal.value)


@pytest.mark.parametrize("url", FORMS)
def test_address_of_no_bucket_is_refused_in_one_sentence(url):
    with pytest.raises(StartError, match="LMS_FILES_URL: нужен адрес вида s3://"):
        read_files({"LMS_FILES_URL": url})


def test_secret_is_not_in_what_is_written_of_the_settings(bucket):
    assert bucket.secret not in repr(bucket)


def test_download_says_that_the_storage_is_silent(cloud, silent_bucket, sign_in, paper):
    reader = sign_in(paper.user)
    cloud.config["LMS_FILES"] = silent_bucket

    answer = reader.get(f"/certificates/{paper.address}.pdf")

    assert answer.status_code == 503
    assert "Хранилище файлов сейчас не отвечает" in answer.text
