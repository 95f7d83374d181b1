"""Small copies of pictures: for whoever may see the picture, drawn once, never lost."""

import io

import pytest
import sqlalchemy as sa

from lms.core import pictures
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.file_sweep import sweep_files
from lms.core.storage import GRACE, StoredFile, store_bytes
from lms.work.drafts.files import add_file, remove_file
from lms.work.previews.models import Thumbnail
from lms.work.submissions.services import start_submission
from tests.conftest import count
from tests.photos import drawn, opened, packed
from tests.works import send
from tests.writers import write_before

LARGE = packed(drawn(2000, 1000), "PNG")


@pytest.fixture
def work(module, team, captain):
    """The draft of «Опора» on the module."""
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def file(work, captain):
    """A picture that the captain has put to the draft."""
    return add_file(work, io.BytesIO(LARGE), "карта.png", author=captain)


@pytest.fixture
def sent(file, module, captain, team):
    """The picture as it was sent."""
    return send(module, captain, team).files[0]


def address(file, size="small"):
    return f"/drafts/1/files/{file.id}/{size}"


def age_rows():
    """Let every file have been stored long ago."""
    table = StoredFile.__table__
    db.session.execute(sa.update(table).values(stored_at=utcnow() - 2 * GRACE))
    db.session.commit()


@pytest.mark.parametrize(
    ("size", "sides"), [("small", (320, 160)), ("large", (1600, 800))]
)
def test_draft_shows_a_small_copy(sign_in, captain, file, size, sides):
    answer = sign_in(captain).get(address(file, size))

    assert answer.mimetype == "image/webp"
    assert opened(answer.data).size == sides


def test_browser_asks_whether_it_may_still_show_a_copy(sign_in, captain, file):
    browser = sign_in(captain)
    first = browser.get(address(file))

    again = browser.get(address(file), headers={"If-None-Match": first.headers["ETag"]})

    assert "private, no-cache" in first.headers["Cache-Control"]
    assert again.status_code == 304


def test_page_of_a_draft_asks_for_the_small_copy(sign_in, captain, file):
    page = sign_in(captain).get("/drafts/1/").text

    assert f'src="{address(file)}"' in page


def test_what_was_sent_shows_the_small_copy_to_team_and_tutor(
    sign_in, captain, tutor, sent
):
    small = f"/previews/{sent.id}/small"

    for person, page in ((captain, "/submissions/1/"), (tutor, "/reviews/1/")):
        browser = sign_in(person)
        assert f'src="{small}"' in browser.get(page).text
        assert browser.get(small).mimetype == "image/webp"


def test_copy_is_hidden_like_the_picture(sign_in, other, file):
    assert sign_in(other).get(address(file)).status_code == 404


def test_no_other_sizes_are_drawn(sign_in, captain, file):
    assert sign_in(captain).get(address(file, "huge")).status_code == 404


def test_copies_are_drawn_once(sign_in, captain, file, monkeypatch):
    browser = sign_in(captain)
    browser.get(address(file))
    monkeypatch.setattr(pictures, "SECONDS", 0)

    assert browser.get(address(file, "large")).status_code == 200
    assert count(Thumbnail) == 1


def test_picture_that_cannot_be_read_has_a_sign_in_its_place(sign_in, captain, file):
    broken = store_bytes(LARGE[:100]).sha256
    file.sha256 = broken
    db.session.commit()

    answer = sign_in(captain).get(address(file))

    assert "unreadable.svg" in answer.location
    assert db.session.get(Thumbnail, broken).small is None


def test_busy_machine_is_asked_again_later(sign_in, captain, file, monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0)

    assert sign_in(captain).get(address(file)).status_code == 409
    assert count(Thumbnail) == 0


def test_copy_is_drawn_while_others_write(sign_in, captain, file):
    browser = sign_in(captain)
    write_before(StoredFile)

    assert browser.get(address(file)).mimetype == "image/webp"


def test_copies_of_a_sent_picture_stay(sign_in, captain, sent):
    browser = sign_in(captain)
    small = f"/previews/{sent.id}/small"
    browser.get(small)
    age_rows()

    sweep_files({})

    assert browser.get(small).status_code == 200


def test_copies_go_after_a_picture_that_nobody_names(sign_in, captain, work, file):
    before = count(StoredFile) - 1
    sign_in(captain).get(address(file))
    remove_file(work, file)

    for _ in range(2):
        age_rows()
        sweep_files({})

    assert count(Thumbnail) == 0
    assert count(StoredFile) == before
