"""The pages of surveys: answering once, and what a refusal keeps."""

import pytest

from lms.core.extensions import db
from lms.monitoring.surveys.models import Reply, Words
from tests.conftest import count, letters
from tests.measuring import SURVEY, close_survey, replies_of, reply

ALL = {f"scale-{scale.key}": "4" for scale in SURVEY.scales}


@pytest.fixture
def url(surveyed):
    return f"/surveys/{surveyed.id}/polza"


@pytest.fixture
def browser(member, sign_in):
    """A member whose cohort is asked."""
    return sign_in(member)


def test_start_page_asks_until_the_person_has_answered(browser, url):
    before = browser.get("/home/").text

    answer = browser.post(url, data=ALL | {"words": "Больше встреч."})

    assert answer.location == "/home/"
    assert (count(Reply), count(Words)) == (1, 1)
    assert f'href="{url}"' in before
    assert f'href="{url}"' not in browser.get("/home/").text
    thanks = browser.get(url).text
    assert "Спасибо, вы ответили" in thanks
    assert SURVEY.html not in thanks
    assert SURVEY.scales[0].text in thanks
    assert 'type="radio"' not in thanks


def test_survey_that_is_over_asks_nobody_for_an_answer(browser, url, captain):
    reply(captain)
    close_survey()

    page = browser.get(url).text

    assert "Опрос закрыт" in page
    assert SURVEY.html not in page
    assert SURVEY.scales[0].text in page


def test_words_are_counted_where_they_are_typed(browser, url):
    field = browser.get(url).text.partition("data-counted")[2]

    assert 0 < field.find("data-limit") < field.find("data-counter")


def test_what_was_marked_and_written_comes_back(browser, url):
    data = ALL | {"scale-vremya": "6", "words": "Больше встреч."}

    page = browser.post(url, data=data).text

    assert 'href="#scale-vremya"' in page
    assert page.count(" checked") == 2
    assert "Больше встреч." in page
    assert count(Reply) == 0


def test_words_that_are_too_long_come_back(browser, url):
    page = browser.post(url, data=ALL | {"words": "а" * 1001}).text

    assert "Не больше 1000 знаков" in page
    assert "а" * 1001 in page
    assert count(Reply) == 0


def test_survey_that_is_over_keeps_what_was_typed(browser, url, captain):
    reply(captain)
    close_survey()

    page = browser.post(url, data=ALL | {"words": "Больше встреч."}).text

    assert "закрыт" in page
    assert count(Reply) == 1


def test_survey_of_another_cohort_or_none_is_not_there(browser, url, surveyed):
    assert browser.get(f"/surveys/{surveyed.id}/drugoy").status_code == 404
    assert browser.get("/surveys/404/polza").status_code == 404


def test_places_of_enough_people_stand_on_the_page(
    surveyed, team, other_team, sign_in, admin
):
    replies_of(team, 5, 5)
    replies_of(other_team, 6, 1)
    close_survey()

    page = sign_in(admin).get(f"/surveys/{surveyed.id}/polza/results").text

    assert "Школа № 12" in page
    assert "Лицей № 3" in page
    assert "переезд после этого дня итогов не меняет" in page


def test_list_of_surveys_says_when_each_is_told(surveyed, team, sign_in, admin):
    replies_of(team, 5)
    address = f"/surveys/{surveyed.id}/"
    during = sign_in(admin).get(address).text

    close_survey()

    assert "После занятия 2 · идёт до" in during
    assert f'href="{address}polza/results"' not in during
    assert f'href="{address}polza/results"' in sign_in(admin).get(address).text


def test_coordinator_reads_no_words(surveyed, team, coordinator, sign_in):
    replies_of(team, 6, words="Больше встреч.")
    close_survey()

    page = sign_in(coordinator).get(f"/surveys/{surveyed.id}/polza/results").text

    assert "Новосибирск" in page
    assert "Больше встреч." not in page


def test_morning_letter_asks_on_the_first_day_and_not_every_day(surveyed, member, app):
    from lms.core.language import today
    from lms.overview.digest.sending import enqueue_digests

    enqueue_digests(today())
    texts = [letter["text"] for letter in letters() if letter["to"] == member.email]

    assert len(texts) == 1
    assert f"/surveys/{surveyed.id}/polza" in texts[0]


def test_request_is_told_in_the_letter_on_its_days(surveyed, member):
    from datetime import timedelta

    from lms.core.language import today
    from lms.monitoring.surveys.requests import requests_to
    from lms.schools.teams.permissions import active_memberships

    told = []
    for ago in (0, 1, 24, 25, 26, 27, 28):
        surveyed.rows[1].due_on = today() - timedelta(days=ago)
        db.session.commit()
        asked = requests_to(member, active_memberships(member))
        told += [ago for one in asked if one.is_told_today]

    assert told == [0, 25, 27, 28]
