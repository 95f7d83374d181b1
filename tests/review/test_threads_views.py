"""The pages on which people talk about a work."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.review.threads.models import Message, SeenMark, Thread, Voice
from lms.review.threads.services import About, write_message
from lms.work.submissions.services import start_submission
from tests.conftest import PASSWORD, count, save
from tests.works import crowd, send, send_back


@pytest.fixture
def work(module, captain, team):
    """What «Опора» has sent."""
    return send(module, captain, team).submission


@pytest.fixture
def url(work):
    return f"/threads/{work.id}/"


def say(work, author, text="Сколько запросов нужно?", **facts):
    token = f"{author.id}-{count(Message)}"
    facts = {"seen": 0, "form_key": token} | facts
    return write_message(work, text, author=author, **facts)


@pytest.mark.parametrize("seen", ["9" * 5000, "-1", "٣", "²", "x"])
def test_answer_says_what_it_could_know_of_in_any_words(
    sign_in, tutor, work, url, seen
):
    response = sign_in(tutor).post(url, data={"text": "Учеников.", "seen": seen})

    assert response.status_code == 302


def test_team_asks_and_tutor_answers(sign_in, captain, tutor, work, url):
    asked = sign_in(captain).post(url, data={"text": "Чьи это <b>слова</b>?"})
    answered = sign_in(tutor).post(url, data={"text": "Учеников.", "seen": "1"})

    page = sign_in(captain).get(url).text
    assert (asked.status_code, answered.status_code) == (302, 302)
    assert "Чьи это &lt;b&gt;слова&lt;/b&gt;?" in page
    assert "Илья Громов" in page
    assert "новое" in page


def test_flood_of_messages_is_refused_and_the_last_one_given_back(
    site_with, captain, work, url
):
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    form = {"email": captain.email, "password": PASSWORD}
    browser.post("/accounts/sign-in", data=form)
    for number in range(40):
        browser.post(url, data={"text": f"Вопрос {number}"})

    refused = browser.post(url, data={"text": "Мы забыли спросить"})

    assert (refused.status_code, count(Message)) == (429, 40)
    assert "Мы забыли спросить" in refused.text
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize(
    "other",
    [
        "/questions/nastavnichestvo/ask",
        "/quizzes/nastavnichestvo/",
        "/deferrals/works/1",
        "/projects/1/events/new",
        "/projects/1/tasks/new",
        "/projects/1/risks/new",
        "/projects/1/comments/RISKS",
    ],
)
def test_one_person_adds_so_much_whatever_it_is(site_with, captain, work, url, other):
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    form = {"email": captain.email, "password": PASSWORD}
    browser.post("/accounts/sign-in", data=form)
    for _ in range(40):
        browser.post(url, data={"text": ""})

    assert browser.post(other, data={}).status_code == 429


def test_limit_of_messages_does_not_concern_guests(site_with, url):
    guest = site_with(RATELIMIT_ENABLED=True).test_client()

    assert guest.post(url, data={"text": "Вопрос"}).status_code == 401


@pytest.mark.parametrize("text", ["", "ы" * 4001])
def test_refused_message_comes_back(sign_in, captain, url, text):
    answer = sign_in(captain).post(url, data={"text": text})

    assert answer.status_code == 200
    assert text in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_text_comes_back_when_the_cohort_closed(sign_in, captain, cohort, url):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    answer = sign_in(captain).post(url, data={"text": "Последний вопрос"})

    assert "Последний вопрос" in answer.text
    assert "только читать" in answer.text
    assert count(Message) == 0


def test_closed_cohort_has_no_form(sign_in, captain, work, cohort, url):
    say(work, captain)
    cohort.state = CohortState.CLOSED
    db.session.commit()

    page = sign_in(captain).get(url).text

    assert "Сколько запросов нужно?" in page
    assert "Отправить сообщение" not in page


def test_review_is_asked_about_by_criterion(sign_in, captain, tutor, work, url):
    review = send_back(work.attempts[0], tutor)
    browser = sign_in(captain)
    about = f"{review.id}:svyaz"

    form = browser.get(url, query_string={"about": about}).text
    browser.post(url, data={"text": "Чьих?", "about": about})

    assert f'<option selected value="{about}">' in form
    page = sign_in(tutor).get(url).text
    assert "Прошу пояснить" in page
    assert "ждёт ответа" in page
    assert "Ответ не нужен" not in page


def test_nonsense_in_the_address_asks_about_the_work(sign_in, captain, url):
    page = sign_in(captain).get(url, query_string={"about": "x:y"})

    assert page.status_code == 200


def test_thread_stands_beside_the_work(sign_in, captain, tutor, work):
    say(work, captain)

    assert "Сколько запросов" in sign_in(captain).get(f"/submissions/{work.id}/").text
    assert "Сколько запросов" in sign_in(tutor).get(f"/reviews/{work.id}/").text


def test_thread_stands_beside_the_draft(sign_in, captain, tutor, work):
    send_back(work.attempts[0], tutor)
    say(work, tutor, "Спросите восьмой класс.")

    page = sign_in(captain).get(f"/drafts/{work.id}/").text

    assert "Спросите восьмой класс." in page
    assert "Прошу пояснить" in page


def test_tutor_answers_about_a_work_not_sent_yet(sign_in, module, captain, team, tutor):
    draft = start_submission(module, user=captain, team=team)
    browser = sign_in(tutor)
    before = browser.get(f"/threads/{draft.id}/").status_code
    say(draft, captain)

    page = browser.get(f"/threads/{draft.id}/").text

    assert before == 404
    assert "работу ещё не отправляли" in page
    assert browser.get(f"/submissions/{draft.id}/").status_code == 404


def test_queue_and_start_page_tell_the_tutor(sign_in, captain, tutor, work):
    say(work, captain)
    browser = sign_in(tutor)

    assert "команда спрашивает" in browser.get("/reviews/").text
    assert "ответа на вопрос" in browser.get("/home/").text
    assert "Сколько запросов" in browser.get("/threads/").text


def test_start_page_tells_the_team_until_it_was_read(sign_in, member, tutor, work, url):
    answer = say(work, tutor, "Трёх хватит.")
    browser = sign_in(member)
    before = browser.get("/home/").text

    browser.post(f"{url}seen", data={"seen": answer.id})

    assert "Вам написали" in before
    assert "Новое:" not in browser.get("/home/").text


def test_script_that_marks_is_told_nothing(sign_in, member, url):
    answer = sign_in(member).post(f"{url}seen", headers={"Accept": "application/json"})

    assert answer.status_code == 204
    assert count(SeenMark) == 1


def test_thanks_are_settled_by_a_button(sign_in, captain, tutor, work, url):
    thanks = say(work, captain, "Спасибо.")
    browser = sign_in(tutor)
    assert "Ответ не нужен" in browser.get(url).text

    browser.post(f"{url}settle", data={"seen": thanks.id})

    assert "Сейчас ответа никто не ждёт" in browser.get("/threads/").text


def test_nobody_settles_up_to_a_nonsense(sign_in, captain, tutor, work, url):
    say(work, captain, "Спасибо.")
    browser = sign_in(tutor)

    refused = browser.post(f"{url}settle", data={"seen": "всё"})

    assert refused.status_code == 400
    assert "Опора" in browser.get("/threads/").text


def test_long_thread_is_folded(sign_in, captain, tutor, work, url):
    for number in range(8):
        last = say(work, tutor, f"Слово {number}.")
    sign_in(captain).post(f"{url}seen", data={"seen": last.id})

    page = sign_in(captain).get(url).text

    assert "Раньше: 3\xa0сообщения" in page


def test_pages_cost_the_same_however_much_was_said(
    sign_in, count_statements, module, cohort, captain, tutor, url, work
):
    def cost(address):
        browser = sign_in(tutor)
        with count_statements() as statements:
            browser.get(address)
        return len(statements)

    say(work, captain)
    before = cost(url), cost("/threads/")
    for other in crowd(module, cohort, captain, 8):
        asks = {"voice": Voice.OWNER, "text": "Как?", "form_key": f"{other.id}"}
        save(Message(submission_id=other.id, author=captain, **asks))
        save(Thread(submission=other, tutor=tutor, asked_at=utcnow()))
    review = send_back(work.attempts[0], tutor)
    for _ in range(8):
        say(work, captain, about=About(review.id, "svyaz"))

    # One more each: what a second reader may not see yet, and whom threads ask.
    assert cost(url) <= before[0] + 1
    assert cost("/threads/") <= before[1] + 1


def test_admin_is_told_of_questions_that_wait_long(sign_in, captain, admin, work):
    say(work, captain)
    browser = sign_in(admin)
    soon = browser.get("/home/").text
    db.session.get(Thread, work.id).asked_at = utcnow() - timedelta(days=6)

    assert "ответа на вопрос больше 5 дней" not in soon
    assert "команда ждёт ответа на вопрос больше 5 дней" in browser.get("/home/").text
