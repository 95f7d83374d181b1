"""A person sends so many bytes in a day, counted once, and loses nothing by it."""

import io

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.work.drafts.files import add_file, remove_file
from lms.work.drafts.models import DraftField, DraftFile
from lms.work.quotas.models import SentBytes
from lms.work.quotas.services import MOST, charge
from lms.work.submissions.services import start_submission
from lms.work.uploads.models import Piece
from lms.work.uploads.services import append, begin, finish
from tests.conftest import count, save
from tests.sample_course import DOCUMENT

SIZE = len(DOCUMENT)


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


def sent_today():
    return db.session.scalar(sa.select(SentBytes.total))


def add(work, author):
    return add_file(work, io.BytesIO(DOCUMENT), "карта.pdf", author=author)


def leave_room(person, size):
    save(SentBytes(user_id=person.id, day=today(), total=MOST - size))


def test_removed_files_count_as_well(work, captain):
    for _ in range(3):
        remove_file(work, add(work, captain))

    assert sent_today() == 3 * SIZE


def test_file_in_pieces_is_counted_once(work, captain):
    upload = begin(work, name="карта.pdf", size=SIZE, mark="1", person=captain)
    append(upload, DOCUMENT[:5], offset=0)
    append(upload, DOCUMENT[5:], offset=5)

    finish(upload, person=captain)

    assert sent_today() == SIZE


def test_too_much_for_a_day_is_refused_and_what_there_is_stays(work, captain, member):
    leave_room(captain, SIZE)
    add(work, captain)

    with pytest.raises(RuleError, match="завтра"):
        add(work, captain)
    with pytest.raises(RuleError, match="завтра"):
        begin(work, name="карта.pdf", size=SIZE, mark="1", person=captain)

    add_file(work, io.BytesIO(DOCUMENT), "План.pdf", author=member)
    assert count(DraftFile) == 2


def test_piece_beyond_the_day_leaves_the_upload_where_it_was(work, captain):
    upload = begin(work, name="карта.pdf", size=SIZE, mark="1", person=captain)
    append(upload, DOCUMENT[:5], offset=0)
    db.session.execute(sa.update(SentBytes).values(total=MOST))
    db.session.commit()

    with pytest.raises(RuleError, match="завтра"):
        append(upload, DOCUMENT[5:], offset=5)

    db.session.refresh(upload)
    assert (upload.offset, count(Piece)) == (5, 1)


def test_refused_file_is_not_counted(work, captain):
    with pytest.raises(RuleError, match="внутри не pdf"):
        add_file(work, io.BytesIO(b"MZ"), "карта.pdf", author=captain)

    assert sent_today() is None


def test_two_tabs_do_not_pass_the_quota_together(captain, race):
    leave_room(captain, 10)
    user_id = captain.id

    def send():
        charge(user_id, 10)
        db.session.commit()

    outcomes = race(send, send, send)

    assert len([one for one in outcomes if isinstance(one, RuleError)]) == 2
    db.session.expire_all()
    assert sent_today() == MOST


def test_texts_of_the_page_are_saved_when_the_quota_is_full(sign_in, captain, work):
    leave_room(captain, 0)
    form = {"text-zaprosy": "Шьём", "file": (io.BytesIO(DOCUMENT), "a.pdf")}

    page = sign_in(captain).post(
        f"/drafts/{work.id}/files", data=form, follow_redirects=True
    )

    assert "завтра" in page.text
    assert "Тексты сохранены" in page.text
    assert count(DraftField) == 1
