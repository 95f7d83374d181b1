"""A file in pieces: one winner at each offset, judged when it is whole."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.storage import open_stored
from lms.work.drafts.files import MAX_FILES, add_file
from lms.work.drafts.models import DraftFile
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from lms.work.uploads import services
from lms.work.uploads.models import Piece, Upload
from lms.work.uploads.services import OffsetError, append, begin, finish
from tests.conftest import copies_of, count, save
from tests.photos import opened, photo
from tests.sample_course import DOCUMENT
from tests.works import TEXTS


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


def promise(**changes):
    return {"name": "карта.pdf", "size": len(DOCUMENT), "mark": "1"} | changes


@pytest.fixture
def upload(work, captain):
    return begin(work, person=captain, **promise())


def stored(file):
    with open_stored(file.sha256) as content:
        return content.read()


def test_pieces_become_the_file(upload, captain):
    assert append(upload, DOCUMENT[:5], offset=0) == 5
    assert append(upload, DOCUMENT[5:], offset=5) == len(DOCUMENT)

    finish(upload, person=captain)

    file = db.session.scalars(sa.select(DraftFile)).one()
    assert (file.name, stored(file)) == ("карта.pdf", DOCUMENT)
    assert count(Piece) == 0


def test_same_file_goes_on_where_it_stopped(upload, work, captain, member):
    append(upload, DOCUMENT[:5], offset=0)

    assert begin(work, person=captain, **promise()).offset == 5
    assert begin(work, person=captain, **promise(mark="2")).offset == 0
    assert begin(work, person=member, **promise()).offset == 0


@pytest.mark.parametrize("offset", [-1, 0, 3, 6])
def test_piece_from_a_wrong_place_is_refused(upload, offset):
    append(upload, DOCUMENT[:5], offset=0)

    with pytest.raises(OffsetError) as error:
        append(upload, b"ab", offset=offset)

    assert error.value.offset == 5
    assert count(Piece) == 1


def test_two_pieces_at_one_offset_have_one_winner(race, upload):
    load = copies_of(upload)

    outcomes = race(
        lambda: append(load(), DOCUMENT[:4], offset=0),
        lambda: append(load(), DOCUMENT[:6], offset=0),
    )

    (won,) = [o for o in outcomes if not isinstance(o, RuleError)]
    (lost,) = [o for o in outcomes if isinstance(o, RuleError)]
    assert lost.offset == won
    assert count(Piece) == 1


@pytest.mark.parametrize("others", [0, MAX_FILES - 1])
def test_last_word_said_twice_at_once_adds_one_file(
    race, upload, work, captain, others
):
    append(upload, DOCUMENT, offset=0)
    fill(work, captain, others)
    load, person = copies_of(upload), copies_of(captain)

    answers = race(*[lambda: finish(load(), person=person())] * 3)
    finish(load(), person=captain)

    assert answers == [None] * 3
    assert count(DraftFile) == others + 1


def test_unfinished_file_is_not_attached(upload, captain):
    append(upload, DOCUMENT[:5], offset=0)

    with pytest.raises(OffsetError):
        finish(upload, person=captain)

    assert count(DraftFile) == 0


def test_more_than_was_promised_is_refused(upload):
    with pytest.raises(RuleError, match="Файл изменился"):
        append(upload, DOCUMENT + b"!", offset=0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "вирус.exe"}, "такие файлы не принимаются"),
        ({"size": MAX_FILE + 1}, r"больше 20\sМБ"),
        ({"size": 0}, "пуст"),
    ],
)
def test_hopeless_file_is_refused_before_it_is_sent(work, captain, change, sentence):
    with pytest.raises(RuleError, match=sentence):
        begin(work, person=captain, **promise(**change))


def test_file_is_judged_by_what_is_in_it(work, captain):
    upload = begin(work, person=captain, **promise(size=4))
    append(upload, b"MZ\x00\x00", offset=0)

    with pytest.raises(RuleError, match="внутри не pdf"):
        finish(upload, person=captain)

    assert count(DraftFile) == 0


def fill(work, author, number):
    for place in range(number):
        add_file(work, BytesIO(DOCUMENT), f"{place}.pdf", author=author)


def test_eleventh_file_waits_for_room(upload, work, captain):
    append(upload, DOCUMENT, offset=0)
    fill(work, captain, MAX_FILES)
    for step in (
        lambda: begin(work, person=captain, **promise(mark="2")),
        lambda: finish(upload, person=captain),
    ):
        with pytest.raises(RuleError, match="не больше 10 файлов"):
            step()
    db.session.delete(db.session.scalars(sa.select(DraftFile).limit(1)).one())

    finish(upload, person=captain)

    assert count(DraftFile) == MAX_FILES


def test_work_that_was_sent_takes_no_file(upload, work, captain):
    append(upload, DOCUMENT, offset=0)
    for key, text in TEXTS.items():
        save_field(work, key, text, base_version=0, author=captain)
    send_attempt(work, author=captain)

    with pytest.raises(RuleError, match="уже отправлена"):
        finish(upload, person=captain)


def test_what_was_left_is_swept(upload, work, captain):
    append(upload, DOCUMENT[:5], offset=0)
    upload.touched_at = utcnow() - timedelta(hours=25)
    save(upload)
    fresh = begin(work, person=captain, **promise(mark="2"))

    services.sweep({})

    assert db.session.scalars(sa.select(Upload)).all() == [fresh]
    assert count(Piece) == 0


def test_one_person_has_so_many_uploads_and_no_more(work, captain):
    for number in range(services.MAX_UPLOADS + 2):
        begin(work, person=captain, **promise(mark=str(number)))

    assert count(Upload) == services.MAX_UPLOADS


def test_photo_in_pieces_leaves_its_place_and_camera_behind(work, captain):
    taken = photo()
    upload = begin(work, person=captain, **promise(name="зал.jpg", size=len(taken)))
    append(upload, taken, offset=0)

    finish(upload, person=captain)

    file = db.session.scalars(sa.select(DraftFile)).one()
    assert not opened(stored(file)).getexif()


def test_photo_that_cannot_be_read_says_so_and_waits(work, captain):
    broken = photo()[:700]
    upload = begin(work, person=captain, **promise(name="зал.jpg", size=len(broken)))
    append(upload, broken, offset=0)

    with pytest.raises(RuleError, match="картинка не читается"):
        finish(upload, person=captain)

    assert count(Piece) == 1
