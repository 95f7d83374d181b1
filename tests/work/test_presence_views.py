"""What the page of a draft is answered every few seconds."""

import pytest

from lms.work.drafts.services import save_field
from lms.work.presence.models import Presence
from lms.work.presence.services import enter
from lms.work.submissions.services import start_submission
from tests.conftest import count
from tests.works import send


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def url(work):
    return f"/presence/{work.id}"


def test_page_learns_of_the_others_and_their_texts(sign_in, member, captain, work, url):
    enter(work, "pary", person=captain)
    save_field(work, "zaprosy", "Пятеро.", base_version=0, author=captain)
    form = {"field": "zaprosy", "version-zaprosy": "0", "version-pary": "x"}

    answer = sign_in(member).post(url, data=form).json

    assert answer["here"] == {"pary": ["Анна Седова"]}
    assert answer["newer"]["zaprosy"]["text"] == "Пятеро."
    assert answer["newer"]["zaprosy"]["by"] == "Анна Седова"


def test_who_is_in_no_field_leaves_no_row(sign_in, member, url):
    browser = sign_in(member)
    browser.post(url, data={"field": "zaprosy"})
    assert count(Presence) == 1

    browser.post(url)

    assert count(Presence) == 0


def test_field_of_any_length_is_cut(sign_in, member, url):
    assert sign_in(member).post(url, data={"field": "а" * 900}).status_code == 200


def test_reading_the_page_writes_nothing(sign_in, member, work, url):
    browser = sign_in(member)

    browser.get(f"/drafts/{work.id}/")

    assert count(Presence) == 0
    assert browser.get(url).status_code == 405


def test_page_learns_that_the_work_was_sent(sign_in, member, captain, module, team):
    work = send(module, captain, team).submission

    answer = sign_in(member).post(f"/presence/{work.id}", data={"field": "pary"}).json

    assert "уже отправили" in answer["message"]
    assert count(Presence) == 0
