"""Works that a team took back: how tutors count versions, and what old pages say."""

import pytest

from lms.core.extensions import db
from lms.review.reviews import leases
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.withdrawing import withdraw_attempt
from tests.review.test_reviews_views import form
from tests.works import send, send_back

TAKEN_BACK = "Команда забрала работу, чтобы дописать"


@pytest.fixture
def attempt(module, captain, team):
    return send(module, captain, team)


@pytest.fixture
def let_go(attempt, tutor, captain):
    """The tutor has let the first version go, and the team has taken it back."""
    leases.take(attempt.submission, tutor=tutor)
    leases.let_go(attempt.submission, tutor=tutor)
    withdraw_attempt(attempt.submission, attempt.number, member=captain)


def test_version_taken_back_is_no_round(sign_in, attempt, tutor, captain):
    work = attempt.submission
    send_back(attempt, tutor)
    withdraw_attempt(work, send_attempt(work, author=captain).number, member=captain)
    send_attempt(work, author=captain)
    browser = sign_in(tutor)

    pages = [browser.get(f"/reviews/{place}").text for place in ("", f"{work.id}/")]

    assert all("версия 2" in page and "ерсия 3" not in page for page in pages)
    assert "<h2>Версия 1</h2>" in pages[1]


@pytest.mark.parametrize("press", ["release/accepted", "draft", "let-go", "take"])
def test_desk_left_open_is_answered_with_the_truth(
    sign_in, let_go, attempt, tutor, press
):
    answer = sign_in(tutor).post(
        f"/reviews/{attempt.submission_id}/{press}", data=form()
    )

    assert answer.status_code == 409
    assert TAKEN_BACK in answer.text
    assert press == "take" or "Хорошая работа." in answer.text


def test_desk_of_a_later_version_is_answered_with_the_truth(
    sign_in, attempt, tutor, captain
):
    work = attempt.submission
    send_back(attempt, tutor)
    second = send_attempt(work, author=captain)
    withdraw_attempt(work, second.number, member=captain)
    data = form(attempt=str(second.number), summary="Мой разбор")

    answer = sign_in(tutor).post(f"/reviews/{work.id}/release/accepted", data=data)

    assert answer.status_code == 409
    assert TAKEN_BACK in answer.text


def test_page_of_a_work_taken_back_says_so(sign_in, let_go, attempt, tutor, tutor2):
    page = sign_in(tutor).get(f"/reviews/{attempt.submission_id}/")

    assert page.status_code == 409
    assert TAKEN_BACK in page.text


def test_work_never_sent_stays_unknown(sign_in, attempt, tutor):
    attempt.submission.sent_at = None
    db.session.commit()

    assert sign_in(tutor).get(f"/reviews/{attempt.submission_id}/").status_code == 404
