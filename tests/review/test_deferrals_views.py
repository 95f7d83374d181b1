"""The pages on which more days are asked for and given."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import day, today
from lms.review.deferrals.listing import deferrals_of
from lms.review.deferrals.models import Deferral, DeferralState
from lms.review.deferrals.services import ask
from lms.schools.teams.models import School, Team
from lms.work.submissions.models import Submission
from lms.work.submissions.services import start_submission
from tests.review.test_deferrals_services import send_now
from tests.works import send_back


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def later():
    return today() + timedelta(days=21)


@pytest.fixture
def deferral(work, captain, later):
    return ask(work, wanted_on=later, reason="Школа на каникулах.", member=captain)


@pytest.fixture
def url(deferral):
    return f"/deferrals/{deferral.id}/"


def test_team_asks_on_the_page_of_its_work(sign_in, captain, work, later):
    browser = sign_in(captain)
    draft = f"/drafts/{work.id}/"
    assert "Попросить больше времени" in browser.get(draft).text

    form = {"wanted_on": later.isoformat(), "reason": "Каникулы."}
    answer = browser.post(f"/deferrals/works/{work.id}", data=form)

    assert answer.location == draft
    page = browser.get(draft).text
    assert f"Вы просите продлить срок до {day(later)}." in page
    assert "Попросить больше времени" not in page


def test_reason_is_kept_with_one_kind_of_line_ends(sign_in, captain, work, later):
    form = {"wanted_on": later.isoformat(), "reason": "Каникулы,\r\nэкзамены.\r\n"}

    sign_in(captain).post(f"/deferrals/works/{work.id}", data=form)

    assert deferrals_of(work)[0].reason == "Каникулы,\nэкзамены."


def test_refused_request_keeps_what_was_typed(sign_in, captain, work):
    form = {"wanted_on": today().isoformat(), "reason": "Каникулы в школе."}

    page = sign_in(captain).post(f"/deferrals/works/{work.id}", data=form).text

    assert "Этот день уже наступил." in page
    assert "Каникулы в школе." in page
    assert today().isoformat() in page


def test_team_takes_its_request_back(sign_in, captain, work, deferral):
    browser = sign_in(captain)
    url = f"/deferrals/works/{work.id}/{deferral.id}/withdraw"

    first = browser.post(url, follow_redirects=True).text
    second = browser.post(url, follow_redirects=True).text

    assert "Просьба отозвана" in first
    assert "Команда отозвала эту просьбу." in second


def test_tutor_learns_of_it_where_the_day_begins(sign_in, tutor, deferral):
    browser = sign_in(tutor)

    assert "просит больше времени" in browser.get("/home/").text
    queue = browser.get("/reviews/").text
    assert 'Просят больше времени<span class="badge badge--sun">1<' in queue
    assert "Школа на каникулах." in browser.get("/deferrals/").text


def test_tutor_gives_the_days(sign_in, tutor, captain, work, url, later):
    form = {"granted_on": later.isoformat(), "answer": ""}

    page = sign_in(tutor).post(url + "grant", data=form, follow_redirects=True).text

    assert f"Срок продлён до {day(later)}" in page
    assert (
        f"Срок продлён до {day(later)}"
        in sign_in(captain).get(f"/drafts/{work.id}/").text
    )


def test_tutor_says_no(sign_in, tutor, captain, work, url):
    form = {"granted_on": "", "answer": "Осталось одно поле."}

    assert sign_in(tutor).post(url + "decline", data=form).status_code == 302

    page = sign_in(captain).get(f"/drafts/{work.id}/").text
    assert "Срок остался прежним" in page
    assert "Осталось одно поле." in page


@pytest.mark.parametrize(
    ("action", "status", "sentence"),
    [("grant", 422, "Укажите новый срок."), ("decline", 409, "почему срок остаётся")],
)
def test_refused_answer_keeps_the_form(sign_in, tutor, url, action, status, sentence):
    answer = sign_in(tutor).post(url + action, data={"granted_on": "", "answer": ""})

    assert answer.status_code == status
    assert sentence in answer.text


def test_late_answer_hands_the_words_back(sign_in, tutor, work, captain, url, later):
    send_now(work, captain)
    form = {"granted_on": later.isoformat(), "answer": "Конечно, отдыхайте."}

    answer = sign_in(tutor).post(url + "grant", data=form)

    assert answer.status_code == 409
    assert "отсрочка больше не нужна" in answer.text
    assert "Конечно, отдыхайте." in answer.text


def test_team_reads_that_the_request_was_not_needed(sign_in, captain, work, deferral):
    send_now(work, captain)

    page = sign_in(captain).get(f"/submissions/{work.id}/").text
    history = sign_in(captain).get(f"/deferrals/works/{work.id}").text

    assert "работу отправили раньше ответа" in page
    assert DeferralState.SETTLED.value in history


def test_returned_work_tells_the_tutor(sign_in, tutor, work, captain, later):
    send_back(send_now(work, captain), tutor)
    ask(work, wanted_on=later, reason="Ещё.", member=captain)
    browser = sign_in(tutor)

    for page in (f"/reviews/{work.id}/", f"/submissions/{work.id}/"):
        assert "Прочитать и ответить" in browser.get(page).text


def test_request_of_another_team_is_not_withdrawn(sign_in, other, work, deferral):
    url = f"/deferrals/works/{work.id}/{deferral.id}/withdraw"

    assert sign_in(other).post(url).status_code == 404
    assert deferrals_of(work)[0].is_open


def test_list_costs_the_same_however_long(
    sign_in, tutor, deferral, count_statements, module, captain
):
    browser = sign_in(tutor)
    with count_statements() as short:
        browser.get("/deferrals/")
    for number in range(5):
        db.session.add(copy_of(deferral, number))
    db.session.commit()

    with count_statements() as long:
        browser.get("/deferrals/")

    assert len(long) == len(short)


def copy_of(deferral, number):
    """Another team asks the same."""
    first = deferral.submission
    school = School(name=f"Школа {number}", municipality="Бердск")
    team = Team(school=school, cohort=first.cohort, name="Исток")
    work = Submission(cohort=first.cohort, module=first.module, team=team)
    facts = {"due_on": deferral.due_on, "wanted_on": deferral.wanted_on}
    asked_by = deferral.asked_by_id
    return Deferral(submission=work, asked_by_id=asked_by, reason="Так.", **facts)
