"""The pages of a rubric that changed after reviews."""

import pytest

from lms.core.extensions import db
from lms.review.moderation.models import Reading
from lms.work.submissions.models import Status
from tests.conftest import count
from tests.review.test_moderation_services import SOFT, ask, reading_of, revision_with
from tests.works import accept, send, send_back


@pytest.fixture
def accepted(module, captain, team, tutor):
    return accept(send(module, captain, team), tutor)


@pytest.fixture
def returned(module, other, other_team, tutor):
    return send_back(send(module, other, other_team), tutor)


@pytest.fixture
def soft(accepted, returned):
    return revision_with(assignment=SOFT)


@pytest.fixture
def studio(sign_in, admin):
    return sign_in(admin)


URL = "/modules/nastavnichestvo/revisions/2/publish"
LIST = "/readings/rubric/nastavnichestvo/"


def test_publishing_says_first_how_many_are_affected(studio, soft, module):
    page = studio.post(URL, data={"instead_of": "1"}).text

    assert (
        "1\N{NO-BREAK SPACE}зачтённая работа и 1\N{NO-BREAK SPACE}возвращённая" in page
    )
    db.session.refresh(module)
    assert module.current_revision.number == 1


def test_what_was_agreed_to_is_published(studio, soft, module):
    response = studio.post(URL, data={"instead_of": "1", "affected": "2"})

    assert response.location == LIST
    db.session.refresh(module)
    assert module.current_revision == soft


def test_another_number_is_shown_again(studio, soft, module):
    studio.post(URL, data={"instead_of": "1", "affected": "1"})

    db.session.refresh(module)
    assert module.current_revision.number == 1


def test_chosen_works_are_sent_once(studio, soft, accepted):
    studio.post(URL, data={"instead_of": "1", "affected": "2"})
    chosen = {"review": [accepted.id]}

    first = studio.post(LIST, data=chosen, follow_redirects=True).text
    again = studio.post(LIST, data=chosen, follow_redirects=True).text

    assert "Послано на новый взгляд: 1." in first
    assert "второй раз ничего не изменилось" in again
    assert count(Reading) == 1


@pytest.fixture
def live(studio, soft):
    studio.post(URL, data={"instead_of": "1", "affected": "2"})
    return soft


def test_list_costs_the_same_for_any_number(studio, live, count_statements):
    with count_statements() as statements:
        studio.get(LIST)

    assert len(statements) <= 16


def test_tutor_accepts_a_returned_work(sign_in, live, returned, admin, tutor2):
    ask(live, admin, returned)
    browser, url = sign_in(tutor2), f"/readings/{reading_of(returned).id}/"
    assert "Лицей № 3" in browser.get("/readings/").text
    levels = {"level-svyaz": "2", "level-pary": "0", "summary": "Видно."}

    response = browser.post(url, data=levels | {"accepts": "1"})

    assert response.location == "/readings/"
    db.session.refresh(returned.attempt.submission)
    assert returned.attempt.submission.status is Status.ACCEPTED


def test_refused_reading_gives_everything_back(sign_in, live, returned, admin, tutor2):
    ask(live, admin, returned)
    url = f"/readings/{reading_of(returned).id}/"

    answer = sign_in(tutor2).post(url, data={"level-pary": "2", "summary": "А <б>"})

    assert answer.status_code == 422
    assert "А &lt;б&gt;" in answer.text
    assert "Выберите уровень: «Связь с запросами»." in answer.text


def test_team_reads_the_words_under_the_review(
    sign_in, live, accepted, admin, tutor2, captain
):
    ask(live, admin, accepted)
    url = f"/readings/{reading_of(accepted).id}/"
    page = sign_in(tutor2).get(url).text
    levels = {"level-svyaz": "0", "level-pary": "0", "summary": "Назовите запросы."}

    sign_in(tutor2).post(url, data=levels)

    work = accepted.attempt.submission
    assert 'name="accepts"' not in page
    assert "Назовите запросы." in sign_in(captain).get(f"/submissions/{work.id}/").text


def test_queue_counts_what_is_to_be_read(sign_in, live, accepted, admin, tutor2):
    ask(live, admin, accepted)

    assert (
        "1\N{NO-BREAK SPACE}работа ждёт второго" in sign_in(tutor2).get("/home/").text
    )
