"""The pages on which a decision is looked at again."""

import pytest

from lms.core.extensions import db
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.appeals.services import ask_to_look_again, decide_appeal
from lms.work.submissions.models import Status
from tests.conftest import count
from tests.review.test_appeals_services import REASON, WORDS
from tests.works import send, send_back


@pytest.fixture
def review(module, captain, team, tutor):
    """What the tutor said when the work came back."""
    return send_back(send(module, captain, team), tutor)


@pytest.fixture
def url(review, captain, tutor2):
    """The page of what the captain asked; `tutor2` may decide."""
    appeal = ask_to_look_again(review, REASON, member=captain)
    return f"/appeals/{appeal.id}/"


def ask_url(review):
    return f"/appeals/ask/{review.attempt.submission_id}/1"


def answers(**changes):
    return {"decision": "CHANGED", "words": WORDS} | changes


def test_team_asks_from_the_returned_work(sign_in, captain, tutor2, review):
    browser = sign_in(captain)
    work = f"/drafts/{review.attempt.submission_id}/"
    assert ask_url(review) in browser.get(work).text

    browser.post(ask_url(review), data={"reason": REASON})

    page = browser.get(work).text
    assert REASON in page
    assert "ждёт решения" in page
    assert "Новая версия её снимет" in page
    assert ask_url(review) not in page


@pytest.mark.parametrize("reason", ["", "Не согласны.", "слово " * 900])
def test_refused_reason_comes_back(sign_in, captain, tutor2, review, reason):
    page = sign_in(captain).post(ask_url(review), data={"reason": reason}).text

    assert reason.strip() in page
    assert 'aria-invalid="true"' in page
    assert count(Appeal) == 0


def test_reason_comes_back_when_a_colleague_was_faster(sign_in, member, review, url):
    reason = REASON.replace("пятеро", "шестеро")

    page = sign_in(member).post(ask_url(review), data={"reason": reason}).text

    assert "уже просят: Анна Седова" in page
    assert reason in page


def test_page_says_when_there_is_nobody_to_ask(sign_in, captain, review):
    page = sign_in(captain).get(ask_url(review)).text

    assert "некому" in page
    assert "Отправить просьбу" not in page


def test_another_tutor_decides(sign_in, tutor2, review, url):
    browser = sign_in(tutor2)
    assert "пересмотреть решение" in browser.get("/home/").text
    assert REASON in browser.get("/appeals/").text
    assert REASON in browser.get(url).text

    answer = browser.post(url, data=answers())

    assert answer.location == "/appeals/"
    db.session.refresh(review.attempt.submission)
    assert review.attempt.submission.status is Status.ACCEPTED


@pytest.mark.parametrize(
    "changes", [{"words": "Всё верно."}, {"words": ""}, {"decision": ""}]
)
def test_unfinished_decision_comes_back(sign_in, tutor2, url, changes):
    page = sign_in(tutor2).post(url, data=answers(**changes)).text

    assert answers(**changes)["words"] in page
    assert count(Ruling) == 0


def test_words_come_back_when_a_new_version_came(
    sign_in, module, captain, team, tutor2, url
):
    send(module, captain, team, pary="Пять пар.")

    page = sign_in(tutor2).post(url, data=answers()).text

    assert "просьба снята" in page
    assert WORDS in page


def test_reviewer_reads_and_does_not_decide(sign_in, tutor, url):
    browser = sign_in(tutor)

    page = browser.get(url).text

    assert "Решает другой тьютор" in page
    assert "Вынести решение" not in page
    assert browser.post(url, data=answers()).status_code == 403


@pytest.mark.parametrize("decision", list(Decision))
def test_team_reads_what_was_decided(sign_in, captain, tutor2, review, url, decision):
    appeal = db.session.scalars(db.select(Appeal)).one()
    decide_appeal(appeal, decision=decision, words=WORDS, tutor=tutor2)

    page = sign_in(captain).get(
        f"/submissions/{review.attempt.submission_id}/attempts/1/"
    )

    assert WORDS in page.text
    assert decision.value in page.text


def test_start_page_says_that_somebody_looks(sign_in, captain, url):
    page = sign_in(captain).get("/home/").text

    assert "Просьбу пересмотреть смотрит другой тьютор." in page


def test_lists_cost_the_same_however_long(
    sign_in, count_statements, module, captain, team, tutor, tutor2, url
):
    browser = sign_in(tutor2)

    def cost():
        with count_statements() as statements:
            browser.get("/appeals/")
        return len(statements)

    appeal = db.session.scalars(db.select(Appeal)).one()
    decide_appeal(appeal, decision=Decision.KEPT, words=WORDS, tutor=tutor2)
    before = cost()
    for number in range(4):
        review = send_back(send(module, captain, team, pary=f"{number} пар."), tutor)
        again = ask_to_look_again(review, REASON, member=captain)
        decide_appeal(again, decision=Decision.KEPT, words=WORDS, tutor=tutor2)

    assert cost() <= before


def test_admin_is_told_when_there_is_nobody_else(sign_in, captain, review, admin):
    ask_to_look_again(review, REASON, member=captain)

    page = sign_in(admin).get("/home/").text

    assert "просит пересмотреть решение, и кроме вас некому" in page
