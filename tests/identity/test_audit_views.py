"""The journal."""

import pytest

from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent, in_words
from lms.identity.audit.services import record


@pytest.fixture
def browser(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def events(admin, tutor, member, cohort):
    """What three hands did: an admin, a tutor, the site itself."""
    facts = {"before": {"роли": []}, "after": {"роли": ["тьютор"]}}
    record(admin.id, "изменены роли", member, **facts)
    record(tutor.id, "завершён поток", cohort)
    record(None, "обновлён курс", cohort)
    db.session.commit()


def test_journal_reads_as_sentences(browser, events):
    page = browser.get("/audit/").text

    assert "Вера Лях</strong>: изменены роли" in page
    assert "Орлов Олег Сергеевич</a>" in page
    assert "роли: тьютор" in page
    assert "Сайт</strong>: обновлён курс" in page


def test_latest_comes_first(browser, events):
    page = browser.get("/audit/").text

    assert page.index("обновлён курс") < page.index("завершён поток")


def test_journal_is_narrowed_to_a_person(browser, events, tutor):
    page = browser.get("/audit/", query_string={"person": tutor.id}).text

    assert "завершён поток" in page
    assert "изменены роли" not in page


def test_journal_is_narrowed_to_a_kind(browser, events):
    page = browser.get("/audit/", query_string={"kind": "User"}).text

    assert "изменены роли" in page
    assert "завершён поток" not in page


@pytest.mark.parametrize("query", ["person=404", "person=x", "kind=x", "page=1"])
def test_strange_filters_do_no_harm(browser, events, query):
    assert "завершён поток" in browser.get(f"/audit/?{query}").text


def test_title_stays_as_it_was(browser, events, member):
    member.full_name = "Орлов-Соколов Олег"
    db.session.commit()

    assert "Орлов Олег Сергеевич" in browser.get("/audit/").text


def test_long_journal_has_pages_that_keep_the_filter(browser, admin, cohort):
    for number in range(60):
        record(admin.id, f"дело {number}", cohort)
    db.session.commit()

    page = browser.get("/audit/?kind=Cohort").text

    assert "дело 59" in page
    assert "дело 9 " not in page
    assert "page=2&amp;kind=Cohort" in page


def test_journal_costs_the_same_however_long_it_is(
    browser, events, tutor, other_tutor, member, count_statements
):
    with count_statements() as few:
        browser.get("/audit/")
    for actor in (tutor, other_tutor, member):
        record(actor.id, "сделано", member)
    db.session.commit()

    with count_statements() as many:
        browser.get("/audit/")

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "да"),
        (3, "3"),
        (["а", "б"], "а, б"),
        ({"4": ["1 мая", None]}, "4: 1 мая"),
    ],
)
def test_stored_values_are_written_in_words(value, words):
    assert in_words(value) == words


def test_only_what_differs_is_shown():
    event = AuditEvent(before={"а": 1, "б": 2}, after={"а": 1, "в": 3})

    assert event.changes == [("б", "2", ""), ("в", "", "3")]
