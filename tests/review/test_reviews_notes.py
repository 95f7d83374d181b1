"""Remarks tied to words of an answer: typed, kept, released, read by the team."""

import pytest

from lms.core.extensions import db
from lms.review.reviews import leases
from lms.review.reviews.drafts import draft_of
from lms.review.reviews.models import Review
from tests.works import newest, send


@pytest.fixture
def work(module, captain, team, tutor):
    """A work that lies on the tutor's desk."""
    work = send(module, captain, team, zaprosy="Пятеро хотят **шить**.").submission
    leases.take(work, tutor=tutor)
    return work


@pytest.fixture
def url(work):
    return f"/reviews/{work.id}/"


@pytest.fixture
def browser(sign_in, tutor):
    return sign_in(tutor)


def form(name="a1", **changes):
    """A finished judgement with one note."""
    note = {
        "note": name,
        f"note-field-{name}": "zaprosy",
        f"note-quote-{name}": "хотят  шить",
        f"note-at-{name}": "0",
        f"note-text-{name}": "Кто <именно>?",
    }
    levels = {"level-svyaz": "0", "level-pary": "0", "attempt": "1", "version": "0"}
    return note | levels | changes


def test_note_is_kept_with_the_draft(browser, url, work, tutor):
    page = browser.post(f"{url}draft", data=form(), follow_redirects=True).text

    (note,) = draft_of(newest(work), tutor).notes
    assert (note["quote"], note["text"]) == ("хотят шить", "Кто <именно>?")
    assert '<mark class="cited">хотят </mark><strong><mark class="cited">шить' in page


def test_team_reads_the_note_beside_its_words(browser, sign_in, captain, url, work):
    browser.post(f"{url}release/returned", data=form())

    page = sign_in(captain).get(f"/submissions/{work.id}/attempts/1/").text

    assert '<mark class="cited">' in page
    assert page.count("Кто &lt;именно&gt;?") == 2
    assert db.session.scalars(db.select(Review)).one().notes[0]["field"] == "zaprosy"


def test_empty_note_is_not_released(browser, url):
    typed = form(**{"note-text-a1": " ", "summary": "Доработайте."})

    browser.post(f"{url}release/returned", data=typed)

    assert db.session.scalars(db.select(Review)).one().notes == []


def test_note_alone_is_words_enough_to_return(browser, url):
    assert browser.post(f"{url}release/returned", data=form()).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"note-quote-a1": ""}, {"note-field-a1": "other"}, {"note": "b2"}]
)
def test_note_about_nothing_is_dropped(browser, url, work, tutor, changes):
    browser.post(f"{url}draft", data=form(**changes))

    assert draft_of(newest(work), tutor).notes == []


def test_note_is_taken_away_by_a_button(browser, url, work, tutor):
    browser.post(f"{url}draft", data=form())

    response = browser.post(f"{url}drop-note/a1", data=form(version="1"))

    assert response.location.endswith("#notes-title")
    assert draft_of(newest(work), tutor).notes == []


@pytest.mark.parametrize("at", ["-3", "x", ""])
def test_nonsense_about_the_place_is_the_first_one(browser, url, work, tutor, at):
    browser.post(f"{url}draft", data=form(**{"note-at-a1": at}))

    assert draft_of(newest(work), tutor).notes[0]["at"] == 0


def test_too_many_notes_are_refused(browser, url):
    names = [f"n{number}" for number in range(51)]
    typed = {"note": names}
    for name in names:
        typed |= {key: text for key, text in form(name).items() if key != "note"}

    response = browser.post(f"{url}draft", data=typed)

    assert response.status_code == 409
    assert "не больше 50" in response.text
