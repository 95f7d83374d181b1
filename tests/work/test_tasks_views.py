"""The pages of a newer task: the word on the draft, side by side, what was left."""

import pytest

from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.sample_course import files_without, import_module
from tests.work.test_tasks_services import OTHER_TASK

SEEN = {"seen": "2"}


@pytest.fixture
def work(module, captain, team):
    """A draft with a text in a field that the newer task does not have."""
    work = start_submission(module, user=captain, team=team)
    for key, text in (("zaprosy", "Пятеро хотят шить."), ("pary", "Швея и двое.")):
        save_field(work, key, text, base_version=0, author=captain)
    files = files_without("tutor.md", assignment=OTHER_TASK)
    publish(import_module(files=files), actor=None)
    return work


@pytest.fixture
def desk(work, sign_in, member):
    return sign_in(member)


@pytest.fixture
def draft(work):
    return f"/drafts/{work.id}/"


@pytest.fixture
def url(work):
    return f"/tasks/{work.id}/"


def test_draft_tells_of_the_newer_task(desk, draft, url):
    page = desk.get(draft).text

    assert "Задание занятия обновили." in page
    assert f'href="{url}"' in page
    assert "Первые пары" in page
    assert "Другие пары" not in page


def test_tasks_stand_side_by_side_with_the_texts(desk, url):
    page = desk.get(url).text

    for words in (
        "Такого поля нет.",
        "Ваш текст перейдёт в это поле",
        "Ваш текст останется в истории поля",
        "Новое поле, пока пустое.",
        "Швея и двое.",
    ):
        assert words in page


def test_switching_shows_where_the_old_text_is(desk, draft, url):
    page = desk.post(url, data=SEEN, follow_redirects=True).text

    assert "Черновик отвечает на новое задание." in page
    assert "Другие пары" in page
    assert f'href="{draft}fields/pary/history">Первые пары</a>' in page
    assert "Задание занятия обновили." not in page


def test_left_text_is_read_and_not_restored(desk, draft, url):
    desk.post(url, data=SEEN)

    page = desk.get(f"{draft}fields/pary/history").text

    assert "Швея и двое." in page
    assert "В новом задании этого поля нет" in page
    assert "Вернуть этот текст" not in page


def test_nothing_to_compare_leads_to_the_draft(desk, draft, url):
    desk.post(url, data=SEEN)

    assert desk.get(url, follow_redirects=True).request.path == draft


def test_stale_page_switches_nothing(desk, work, url):
    answer = desk.post(url, data={"seen": "1"})

    assert answer.status_code == 409
    db.session.refresh(work)
    assert work.revision.number == 1


@pytest.mark.parametrize("seen", ["второе", "99999999999999999999"])
def test_nonsense_switches_nothing(desk, work, url, seen):
    assert desk.post(url, data={"seen": seen}).status_code in (400, 409)
