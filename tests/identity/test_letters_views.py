"""The page «Письма», and the button at the foot of a letter."""

import pytest

from lms.identity.letters.models import AT_ONCE, DAILY, Letter
from lms.identity.letters.off_links import off_link
from lms.identity.letters.services import switched_off


@pytest.fixture
def link(member):
    """What stands at the foot of the letter of the day."""
    return "/letters/off/" + off_link(member, DAILY).rsplit("/", 1)[1]


def test_page_shows_what_is_on(member, sign_in):
    page = sign_in(member).get("/letters/").text

    assert page.count("checked") == len(Letter) - 2
    assert Letter.QUEUE.value not in page
    assert Letter.SCHOOLS.value not in page


def test_coordinator_is_offered_the_letter_of_the_month(coordinator, sign_in):
    page = sign_in(coordinator).get("/letters/").text

    assert Letter.SCHOOLS.value in page
    assert "Раз в месяц" in page


def test_tutor_is_offered_the_queue(tutor, sign_in):
    assert Letter.QUEUE.value in sign_in(tutor).get("/letters/").text


def test_choice_is_saved(member, sign_in):
    form = {"at_once": ["ACCEPTED"], "daily": ["MEETING"]}

    answer = sign_in(member).post("/letters/", data=form, follow_redirects=True)

    assert "Сохранено" in answer.text
    assert Letter.ACCEPTED not in switched_off(member)
    assert switched_off(member) >= {Letter.RETURNED, Letter.OPENING}


def test_what_was_not_offered_is_refused(member, sign_in):
    sign_in(member).post("/letters/", data={"daily": ["SPAM"]})

    assert switched_off(member) == set()


def test_reading_the_link_changes_nothing(member, guest, link):
    page = guest.get(link).text

    assert "Больше не присылать" in page
    assert member.email not in page
    assert switched_off(member) == set()


@pytest.mark.parametrize("form", [{}, {"List-Unsubscribe": "One-Click"}])
def test_button_works_without_signing_in(app, member, guest, link, form):
    app.config["WTF_CSRF_ENABLED"] = True

    answer = guest.post(link, data=form)

    assert answer.status_code == 200
    assert "больше не будет" in answer.text
    assert switched_off(member) == DAILY
    assert not switched_off(member) & AT_ONCE


def test_link_of_nobody_is_not_found(guest, link):
    assert guest.post(link[:-2]).status_code == 404
