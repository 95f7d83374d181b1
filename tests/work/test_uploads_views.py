"""The addresses at which a script sends a file in pieces."""

import pytest

from lms.work.drafts.models import DraftFile
from lms.work.submissions.services import start_submission
from lms.work.uploads.services import MAX_PIECE, append, begin
from tests.conftest import count
from tests.sample_course import DOCUMENT

PROMISE = {"name": "карта.pdf", "size": len(DOCUMENT), "mark": "1"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def browser(sign_in, captain):
    return sign_in(captain)


def test_file_comes_in_pieces(browser, work):
    answer = browser.post(f"/uploads/works/{work.id}", data=PROMISE).json
    for offset in (0, 7):
        piece = DOCUMENT[offset : offset + 7]
        browser.post(f"{answer['append']}?offset={offset}", data=piece)
    assert browser.get(answer["url"]).json == {"offset": 14}
    browser.post(f"{answer['append']}?offset=14", data=DOCUMENT[14:])

    assert browser.post(answer["finish"]).json == {"added": 1}
    assert browser.post(answer["finish"]).json == {"added": 1}
    assert count(DraftFile) == 1


def test_lost_answer_is_told_where_to_go_on(browser, work):
    answer = browser.post(f"/uploads/works/{work.id}", data=PROMISE).json
    url = answer["append"] + "?offset=0"
    browser.post(url, data=DOCUMENT[:7])

    again = browser.post(url, data=DOCUMENT[:7])

    assert (again.status_code, again.json["offset"]) == (409, 7)


def test_piece_has_a_limit(browser, work):
    answer = browser.post(f"/uploads/works/{work.id}", data=PROMISE).json
    url = answer["append"] + "?offset=0"

    assert browser.post(url, data=b"a" * (MAX_PIECE + 1)).status_code == 413


def test_refusal_is_a_sentence(browser, work):
    data = PROMISE | {"name": "a.exe"}

    answer = browser.post(f"/uploads/works/{work.id}", data=data, headers=JSON)

    assert answer.status_code == 409
    assert "такие файлы не принимаются" in answer.json["error"]


def test_upload_belongs_to_its_person(sign_in, member, captain, work):
    upload = begin(work, person=captain, **PROMISE)
    append(upload, DOCUMENT[:7], offset=0)
    browser = sign_in(member)

    assert browser.get(f"/uploads/{upload.id}").status_code == 404
    assert browser.post(f"/uploads/{upload.id}/finish").status_code == 404
