"""Pages of a school's project, as members and tutors use them."""

import re

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.monitoring.projects import tables
from lms.monitoring.projects.models import Event, ProjectComment
from tests.conftest import count
from tests.projects import add_risk, add_task, change, plan_event

NOW, TOMORROW = "2026-01-15", "2098-01-01"
TYPED = {"what": "Ярмарка", "who": "Седова А. В.", "due_on": NOW}


@pytest.fixture
def url(team):
    return f"/projects/{team.id}"


@pytest.fixture
def event(team, captain):
    return plan_event(team, captain)


def form_of(page):
    """Return the fields of a page's form as a browser would send them."""
    inputs = re.findall(r'<input [^>]*name="(\w+)"[^>]*?value="([^"]*)"', page)
    return {name: value.replace("&#34;", '"') for name, value in inputs}


def stored():
    return db.session.scalars(sa.select(Event).order_by(Event.id)).all()


@pytest.mark.parametrize(
    ("page", "captions"),
    [("", tables.RESULTS), ("events", tables.EVENTS), ("risks", tables.RISKS)],
)
def test_tables_have_the_captions_of_the_source(
    sign_in, tutor, team, captain, event, url, page, captions
):
    add_task(team, captain)
    add_risk(team, captain)

    shown = sign_in(tutor).get(f"{url}/{page}").text

    heads = re.findall(r'<th scope="col">(.*?)</th>', shown)
    assert heads == list(captions)


def test_event_typed_in_the_project_is_a_line_of_the_plan(sign_in, captain, url, team):
    browser = sign_in(captain)

    answer = browser.post(f"{url}/events/new", data=TYPED | {"kind": "MEETING"})

    assert answer.location == f"{url}/events#table"
    plan = browser.get(f"/plans/{team.id}/").text
    assert "Ярмарка" in plan
    assert "без отметки" in plan


def test_old_form_of_a_line_still_works(sign_in, captain, event, team):
    typed = TYPED | {"done_on": NOW, "version": "1", "why_not": ""}
    browser = sign_in(captain)

    moved = browser.post(f"/plans/{team.id}/actions/{event.id}", data=typed)
    browser.post(moved.location, data=typed)

    assert moved.status_code == 307
    assert (stored()[0].what, stored()[0].done_on.isoformat()) == ("Ярмарка", NOW)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"done_on": TOMORROW}, "done_on", "ещё не наступил"),
        ({"done_on": NOW, "why_not": "Карантин"}, "why_not", "причина не нужна"),
        ({"due_on": ""}, "due_on", "Поставьте срок"),
    ],
)
def test_refused_row_comes_back_open_with_what_was_typed(
    sign_in, captain, event, url, changes, field, sentence
):
    page = sign_in(captain).post(
        f"{url}/events/{event.id}", data=TYPED | changes | {"fact": ""}
    )

    assert f'<a href="#{field}">' in page.text
    assert sentence in page.text
    assert 'value="Ярмарка"' in page.text
    assert stored()[0].what == "Опрос"


def test_page_left_open_overwrites_nothing_and_shows_both_texts(
    sign_in, captain, member, event, url
):
    address = f"{url}/events/{event.id}"
    browser = sign_in(member)
    left_open = form_of(browser.get(address).text)
    change(event, captain, what="Анкета", who="Фролова")

    answer = browser.post(address, data=left_open | {"what": "Беседы"})

    assert answer.status_code == 302
    page = browser.get(address).text
    assert ("Анкета" in page, "Беседы" in page) == (True, True)
    assert (stored()[0].what, stored()[0].who) == ("Анкета", "Фролова")


def test_choice_between_two_texts_is_made_on_the_page(
    sign_in, captain, member, event, url
):
    seen = {"what": "Опрос"}
    change(event, captain, seen=seen, what="Анкета")
    change(event, member, seen=seen, base_version=1, what="Беседы")
    browser, address = sign_in(captain), f"{url}/events/{event.id}"
    form = browser.get(address).text.split('class="rivals"')[1].split("</form>")[0]
    action = re.search(r'action="([^"]+)"', form)[1]

    browser.post(action, data=form_of(form) | {"keep": "rival"})

    assert stored()[0].what == "Беседы"
    assert "меняли двое" not in browser.get(address).text


def test_tutor_comments_and_changes_nothing(sign_in, tutor, event, url):
    browser = sign_in(tutor)

    browser.post(f"{url}/comments/RISKS", data={"text": "А если карантин?"})

    page = browser.get(f"{url}/risks").text
    assert "А если карантин?" in page
    assert f"{url}/risks/new" not in page


def test_comment_that_is_too_long_comes_back(sign_in, tutor, event, url):
    page = sign_in(tutor).post(f"{url}/comments/QUARTER", data={"text": "а" * 2001})

    assert "а" * 2001 in page.text
    assert count(ProjectComment) == 0


@pytest.mark.parametrize("page", ["", "events", "schedule", "risks", "quarter"])
def test_pages_cost_the_same_for_any_number_of_rows(
    sign_in, captain, team, event, url, count_statements, page
):
    browser = sign_in(captain)
    browser.get(f"{url}/{page}")
    with count_statements() as few:
        browser.get(f"{url}/{page}")
    for number in range(5):
        plan_event(team, captain, what=f"Дело {number}")
        add_task(team, captain)
        add_risk(team, captain)

    with count_statements() as many:
        browser.get(f"{url}/{page}")

    assert len(many) == len(few)


def test_text_about_a_row_that_was_removed_meanwhile_may_be_added_anew(
    sign_in, captain, member, event, url
):
    browser, address = sign_in(member), f"{url}/events/{event.id}"
    typed = form_of(browser.get(address).text) | TYPED | {"kind": "OTHER"}
    sign_in(captain).post(f"{address}/remove")

    refused = browser.post(address, data=typed).text

    assert "эту строку убрали" in refused
    assert 'value="Ярмарка"' in refused
    assert f'action="{url}/events/new"' in refused
    browser.post(f"{url}/events/new", data=form_of(refused) | {"kind": "OTHER"})
    assert [one.what for one in stored() if not one.removed_at] == ["Ярмарка"]
