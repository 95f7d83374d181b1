"""The bar of a verdict that can still be cancelled, and what its presses lead to."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.review.reviews.deciding import release_due
from lms.review.reviews.models import Review
from tests.conftest import count, letters
from tests.review.test_reviews_deciding import let_come
from tests.review.test_reviews_views import form
from tests.works import crowd, send


@pytest.fixture
def work(module, captain, team):
    return send(module, captain, team).submission


@pytest.fixture
def url(work):
    return f"/reviews/{work.id}/"


@pytest.fixture
def browser(app, sign_in, tutor, url):
    """The tutor, who has taken the work and may undo a verdict for a minute."""
    browser = sign_in(tutor)
    browser.post(f"{url}take")
    app.config["LMS_UNDO_SECONDS"] = 60
    return browser


def test_press_leads_to_the_queue_with_a_way_back(browser, url, work):
    page = browser.post(f"{url}release/accepted", data=form(), follow_redirects=True)

    assert "Зачтено: Школа № 12, команда «Опора», <span" in page.text
    assert "уйдёт через 60\xa0секунд" in page.text
    assert f'action="{url}cancel"' in page.text
    assert count(Review) == 0


def test_next_desk_shows_what_is_held_back(browser, url, module, cohort, captain):
    [other] = crowd(module, cohort, captain, 1)

    answer = browser.post(f"{url}release/accepted", data=form(go_on="on"))
    page = browser.get(answer.location).text

    assert answer.location == f"/reviews/{other.id}/"
    assert "Зачтено: Школа № 12" in page


def test_queue_does_not_offer_to_go_on_with_what_is_decided(browser, url, work):
    assert "Продолжить" in browser.get("/reviews/").text

    browser.post(f"{url}release/accepted", data=form())
    page = browser.get("/reviews/").text

    assert "решение принято, уходит команде" in page
    assert "Продолжить" not in page


def test_cancelling_leads_back_to_all_that_was_typed(browser, url, work):
    browser.post(f"{url}release/returned", data=form(summary="Назовите запросы."))

    page = browser.post(f"{url}cancel", follow_redirects=True).text

    assert "Назовите запросы." in page
    assert "Зачесть" in page
    assert "Отменить" not in page


def test_desk_of_what_is_decided_is_only_read(browser, url):
    browser.post(f"{url}release/accepted", data=form())

    page = browser.get(url).text

    assert "Хорошая работа." in page
    assert 'formaction="' not in page.split('id="review"')[1]
    assert "Взять на проверку" not in page


def test_second_press_is_answered_with_a_true_sentence(browser, url):
    browser.post(f"{url}release/accepted", data=form())

    page = browser.post(f"{url}release/returned", data=form(summary="Иначе."))

    assert page.status_code == 409
    assert "Вы уже приняли решение по этой работе" in page.text
    assert "Иначе." in page.text


def test_page_left_open_cannot_cancel_what_is_gone(browser, url, work):
    browser.post(f"{url}release/accepted", data=form())
    let_come()

    page = browser.post(f"{url}cancel", follow_redirects=True).text

    assert "Решение уже ушло команде" in page
    assert "Отзыв тьютора: зачтено" in page


def test_queue_tells_of_a_verdict_that_could_not_go_out(
    browser, url, work, cohort, tutor
):
    browser.post(f"{url}release/accepted", data=form())
    cohort.tutors.remove(tutor)
    let_come()
    release_due()

    page = browser.get("/reviews/").text
    after = browser.post(f"{url}cancel", follow_redirects=True).text

    assert "не ушло. Вы больше не проверяете эту работу." in page
    assert "не ушло" not in after


@pytest.mark.parametrize("reader", ["tutor2", "admin", "captain", "member"])
def test_nobody_else_sees_that_it_is_decided(
    browser, url, work, sign_in, request, reader
):
    person = request.getfixturevalue(reader)
    pages = ["/reviews/", url, f"/submissions/{work.id}/", "/"]
    other = sign_in(person)
    before = [other.get(page).text for page in pages]

    browser.post(f"{url}release/accepted", data=form())

    after = [other.get(page).text for page in pages]
    assert [text.count("ачтено") for text in after] == [
        text.count("ачтено") for text in before
    ]
    assert not any("Хорошая работа." in text or "/cancel" in text for text in after)


def test_worker_that_starts_later_finds_what_was_pressed(browser, url, work):
    browser.post(f"{url}release/accepted", data=form())
    let_come()

    letters()  # by the worker, that knows nothing but the database

    assert db.session.scalar(sa.select(Review.summary)) == "Хорошая работа."
