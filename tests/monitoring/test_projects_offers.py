"""What accepted works offer to the project: nothing is added that nobody ticked."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.monitoring.projects.models import Event
from lms.monitoring.projects.offers import Taken, offers_of, take
from lms.monitoring.projects.services import project_of, remove_row
from lms.work.submissions.models import Attempt, Status, Submission
from tests.conftest import count, save

TEXT = "5 мая 2098 — первый вечер, Олег\nДоска висит в учительской"


@pytest.fixture
def work(module, team, captain):
    """An accepted work that says who does what by when."""
    facts = {"cohort": team.cohort, "team": team, "sent_at": utcnow()}
    work = Submission(module=module, status=Status.ACCEPTED, **facts)
    field = {"key": "obyazatelstva", "label": "Кто что", "text": TEXT, "html": ""}
    attempt = Attempt(
        submission=work,
        number=1,
        revision_id=module.current_revision_id,
        fields=[field],
        sent_by=captain,
    )
    return save(attempt).submission


@pytest.fixture
def url(team):
    return f"/projects/{team.id}/offers"


def offered(team):
    return offers_of(team, project_of(team))


def names_in(page):
    return re.findall(r'name="(\d+-\w+-take)"', page)


def test_lines_of_accepted_works_are_offered(work, team):
    assert [(one.what, one.who, one.due_on) for one in offered(team)] == [
        ("первый вечер", "Олег", date(2098, 5, 5)),
        ("Доска висит в учительской", "", None),
    ]


def test_ticked_line_becomes_an_event_and_is_offered_no_more(
    work, team, url, sign_in, captain
):
    browser = sign_in(captain)
    page = browser.get(url).text
    typed = dict(re.findall(r'name="(\d[\w-]*)"[^>]*value="([^"]*)"', page))
    ticked = names_in(page)[0]
    kept = {name: value for name, value in typed.items() if not name.endswith("take")}

    answer = browser.post(url, data=kept | {ticked: "y"})

    assert (answer.status_code, count(Event)) == (302, 1)
    assert [one.what for one in offered(team)] == ["Доска висит в учительской"]


def test_nothing_is_added_unticked(work, url, sign_in, captain):
    page = sign_in(captain).post(url, data={})

    assert "Отметьте хотя бы одну строку" in page.text
    assert count(Event) == 0


def test_ticked_line_without_a_day_comes_back_with_what_was_typed(
    work, url, sign_in, captain
):
    browser = sign_in(captain)
    name = names_in(browser.get(url).text)[1].removesuffix("take")
    typed = {f"{name}take": "y", f"{name}what": "Доска", f"{name}who": "Галина"}

    page = browser.post(url, data=typed | {f"{name}due_on": ""}).text

    assert "Без этого строку не добавить" in page
    assert 'value="Галина"' in page
    assert count(Event) == 0


def test_line_taken_twice_is_one_event(work, team, captain):
    first, _ = offered(team)
    taken = Taken(first, "Вечер", "Олег", date(2098, 5, 5))

    counts = [take(team, [taken], author=captain) for _ in "12"]

    assert (counts, count(Event)) == ([1, 0], 1)


def test_line_whose_event_was_removed_is_not_offered_again(work, team, captain):
    first, _ = offered(team)
    take(team, [Taken(first, "Вечер", "Олег", date(2098, 5, 5))], author=captain)

    remove_row(db.session.scalars(sa.select(Event)).one(), author=captain)

    assert first.source not in {one.source for one in offered(team)}
