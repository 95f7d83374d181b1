"""Files are stored once, whole or not at all."""

import errno
import threading

import pytest
import sqlalchemy as sa

from lms.core import storage
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.core.file_store import file_store
from lms.core.storage import (
    StoredFile,
    open_stored,
    store_bytes,
    stored_on_this_machine,
)
from lms.core.troubles import LostFileError, UnavailableError
from lms.schools.meetings.aftermath import add_paper
from tests import sample_course
from tests.meetings import held


def test_same_bytes_are_stored_once(app):
    first, second = store_bytes(b"one"), store_bytes(b"one")
    db.session.commit()

    assert first is second
    with open_stored(first.sha256) as stream:
        assert stream.read() == b"one"


def test_full_disk_is_said_and_leaves_nothing_behind(app, monkeypatch):
    def fail(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", fail)

    with pytest.raises(UnavailableError, match="закончилось место"):
        store_bytes(b"one")

    assert db.session.scalars(sa.select(StoredFile)).all() == []
    assert not list((app.config["INSTANCE"] / "files").glob("draft-*"))


def test_two_people_upload_one_file_at_once(app):
    ready = threading.Barrier(2)

    def upload():
        with app.app_context():
            ready.wait()
            store_bytes(b"same")
            db.session.commit()
            db.session.remove()

    people = [threading.Thread(target=upload) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert db.session.scalar(sa.select(sa.func.count(StoredFile.sha256))) == 1


def test_lost_file_has_no_path_for_another_process(app):
    with pytest.raises(FileNotFoundError), stored_on_this_machine("0" * 64):
        pass


@pytest.fixture(params=["folder", "bucket"])
def place(request, app):
    """The site with its files in the folder, then in a bucket."""
    if request.param == "bucket":
        app.config["LMS_FILES"] = request.getfixturevalue("bucket")
    return request.param


@pytest.fixture
def ask(app, place):
    """Return a function that asks for a file of ten signs, and gives the answer."""
    sha256 = store_bytes(b"0123456789").sha256
    db.session.commit()

    def send(**headers):
        with app.test_request_context(headers=headers):
            answer = send_stored(sha256, name="план.txt", media_type="text/plain")
            answer.direct_passthrough = False
            sent = answer.get_data()
            answer.close()
            return answer.status_code, sent, answer.headers

    return send


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=3-", 206, b"3456789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=0-0,3-4", 200, b"0123456789"),
        ("bytes=a-b", 200, b"0123456789"),
        ("lines=0-1", 200, b"0123456789"),
    ],
)
def test_one_part_is_sent_and_instead_of_several_the_whole(ask, asked, status, sent):
    assert ask(Range=asked)[:2] == (status, sent)
    assert ask(Range=asked)[2]["Accept-Ranges"] == "bytes"


def test_reader_who_has_all_of_a_file_hears_how_long_it_is(ask):
    status, sent, headers = ask(Range="bytes=10-")

    assert (status, sent) == (416, b"")
    assert headers["Content-Range"] == "bytes */10"


@pytest.mark.parametrize("rest", [None, b"01234"])
def test_file_that_is_lost_or_cut_is_said_to_be_so(cohort, tutor, sign_in, rest):
    meeting = held(cohort, tutor)
    add_paper(meeting, "П.pdf", sample_course.DOCUMENT, actor=tutor)
    [file] = meeting.files
    path = file_store().path_of(file.sha256)
    path.unlink()
    if rest:
        path.write_bytes(rest)

    answer = sign_in(tutor).get(f"/agenda/meetings/{meeting.id}/files/{file.id}")

    assert answer.status_code == 503
    assert "он потерян или повреждён" in answer.text
    with pytest.raises(LostFileError), stored_on_this_machine(file.sha256):
        pass
