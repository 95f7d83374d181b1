"""The journal."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.audit import search
from lms.identity.audit.models import AuditEvent
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


def test_events_stand_under_their_days(browser, events):
    first = db.session.scalar(sa.select(sa.func.min(AuditEvent.id)))
    table, old = AuditEvent.__table__, utcnow() - timedelta(days=1)
    db.session.execute(table.update().where(table.c.id == first).values(at=old))

    page = browser.get("/audit/").text

    heads = re.findall(r'class="journal__day"[^>]*>([^,]*),', page)
    assert heads == ["сегодня", "вчера"]
    assert page.index("завершён поток") < page.index("вчера,") < page.index("роли: ")


def test_event_says_what_it_is_about(browser, events):
    page = browser.get("/audit/").text

    assert re.findall(r'class="badge[^"]*">(.*?)<', page) == ["поток", "поток", "люди"]


@pytest.mark.parametrize(("query", "is_open"), [("", False), ("?q=поток", True)])
def test_filter_is_folded_until_it_is_used(browser, events, query, is_open):
    page = browser.get(f"/audit/{query}").text

    assert ('<details class="fold no-print" open>' in page) is is_open
    assert ("Показать всё" in page) is is_open


def test_latest_comes_first(browser, events):
    page = browser.get("/audit/").text

    assert page.index("обновлён курс") < page.index("завершён поток")


def test_journal_is_narrowed_to_a_person(browser, events, tutor):
    page = browser.get("/audit/", query_string={"person": tutor.id}).text

    assert "завершён поток" in page
    assert "изменены роли" not in page


def test_journal_of_a_person_holds_what_was_done_with_them(browser, events, member):
    page = browser.get("/audit/", query_string={"person": "Орлов"}).text

    assert "изменены роли" in page
    assert "завершён поток" not in page


def test_journal_is_narrowed_to_a_cohort(browser, events, cohort):
    page = browser.get("/audit/", query_string={"cohort": cohort.id}).text

    assert "завершён поток" in page
    assert "изменены роли" not in page


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("person=404", "никого не нашлось"),
        ("person=²", "никого не нашлось"),
        ("cohort=x", "Такого потока нет"),
        ("since=0001-01-01", "Год — от 2000 до 2100."),
        ("since=2026-02-02&until=2026-02-01", "Конец раньше начала"),
    ],
)
def test_filter_that_cannot_be_understood_is_named(browser, events, query, answer):
    page = browser.get(f"/audit/?{query}").text

    assert answer in page
    assert "Таких записей нет" in page


@pytest.mark.parametrize("query", ["before=x", "page=1", "since=&until=&q="])
def test_strange_addresses_do_no_harm(browser, events, query):
    assert "завершён поток" in browser.get(f"/audit/?{query}").text


def test_decision_is_a_sentence_with_team_and_lesson(browser, accepted, tutor):
    facts = {"решение": "зачтено", "баллы": 5, "отзыв": 1}
    record(tutor.id, "решение по работе", accepted, after=facts)
    db.session.commit()

    page = browser.get("/audit/").text

    assert "зачтена работа <a" in page
    assert "команды «Опора», занятие" in page


@pytest.mark.parametrize("most", [0, 300])
def test_event_is_found_by_its_words_and_a_work_by_its_team(
    browser, accepted, tutor, cohort, monkeypatch, most
):
    for name in ("MOST_TEAMS", "MOST_EVENTS"):
        monkeypatch.setattr(search, name, most)
    record(tutor.id, "решение по работе", accepted, after={"решение": "зачтено"})
    record(tutor.id, "завершён поток", cohort)
    db.session.commit()

    work, closed, none = (
        browser.get(f"/audit/?q={words}").text
        for words in ("опора", "завершён", "завершён опора")
    )

    assert ("зачтена работа" in work, "завершён поток" in work) == (True, False)
    assert ("зачтена работа" in closed, "завершён поток" in closed) == (False, True)
    assert "Таких записей нет" in none


def test_title_stays_as_it_was(browser, events, member):
    member.full_name = "Орлов-Соколов Олег"
    db.session.commit()

    assert "Орлов Олег Сергеевич" in browser.get("/audit/").text


def test_long_journal_has_pages_that_keep_the_filter(browser, admin, cohort):
    for number in range(60):
        record(admin.id, f"дело {number}", cohort)
    db.session.commit()

    page = browser.get("/audit/?q=дело").text
    earlier = browser.get("/audit/?q=дело&after=11").text

    assert "дело 59" in page
    assert "дело 9<" not in page
    assert "after=11" in page
    assert "Раньше" in page
    assert re.search(r"дело 9\b", earlier)
    assert "before=10" in earlier
    assert "Позже" in earlier


def test_journal_costs_the_same_however_long_it_is(
    browser, events, tutor, other_tutor, member, count_statements
):
    with count_statements() as few:
        browser.get("/audit/")
    for actor in (tutor, other_tutor, member) * 16:
        record(actor.id, "сделано", member)
    db.session.commit()

    with count_statements() as many:
        browser.get("/audit/")

    assert len(many) == len(few)
