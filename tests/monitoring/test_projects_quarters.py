"""A closed quarter stays as it was, and tells what is otherwise today."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import day as spell_day
from lms.core.language import today
from lms.core.periods import Quarter
from lms.monitoring.projects import quarters
from lms.monitoring.projects.changes import changes_between, removals_of
from lms.monitoring.projects.models import QuarterSnapshot
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.quarters import (
    close_quarter,
    oldest_open_quarter,
    opens_for_closing_on,
    picture_in,
    quarter_to_close,
)
from lms.monitoring.projects.services import project_of, remove_row
from tests.conftest import count, journal
from tests.projects import add_risk, add_task, change, plan_event


@pytest.fixture
def event(team, captain):
    return plan_event(team, captain)


@pytest.fixture
def closed(team, captain, event):
    """The last quarter, with one event in it."""
    return close_quarter(team, quarter_to_close().starts_on, author=captain)


def changes(team, closed):
    project = project_of(team)
    now, removals = picture_of(project), removals_of(project)
    found = changes_between(picture_in(closed), now, removals)
    return [(one.kind, one.title, one.what) for one in found]


@pytest.mark.parametrize(
    ("day", "starts_on"),
    [
        (date(2026, 11, 29), date(2026, 7, 1)),
        (date(2026, 12, 17), date(2026, 7, 1)),
        (date(2026, 12, 18), date(2026, 10, 1)),
        (date(2027, 1, 1), date(2026, 10, 1)),
    ],
)
def test_quarter_is_closed_from_two_weeks_before_its_end(monkeypatch, day, starts_on):
    monkeypatch.setattr(quarters, "today", lambda: day)

    assert quarter_to_close() == Quarter.of(starts_on)
    assert opens_for_closing_on(quarter_to_close()) <= day
    assert day < opens_for_closing_on(quarter_to_close().following)


def test_closed_quarter_does_not_follow_its_rows(event, closed, captain):
    change(event, captain, what="Другое", done_on=today())
    remove_row(event, author=captain)

    (line,) = picture_in(closed).events
    assert (line.what, line.is_held) == ("Опрос", False)


def test_closed_quarter_is_never_changed(closed):
    closed.rows = {}

    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()
    db.session.rollback()


def test_quarter_is_closed_once(team, captain, closed):
    with pytest.raises(RuleError, match="уже закрыт"):
        close_quarter(team, closed.starts_on, author=captain)


def test_quarter_closed_by_two_at_once_is_closed_once(team, captain, event, race):
    starts_on = quarter_to_close().starts_on

    def close():
        people = db.session.get_one(type(captain), captain_id)
        close_quarter(db.session.get_one(type(team), team_id), starts_on, author=people)

    team_id, captain_id = team.id, captain.id
    race(close, close)

    assert count(QuarterSnapshot) == 1


def test_quarters_that_nobody_closed_are_closed_one_after_another(
    team, captain, cohort
):
    last = quarter_to_close()
    cohort.starts_on = last.previous.starts_on
    plan_event(team, captain, due_on=last.previous.ends_on)

    for quarter in (last.previous, last):
        assert oldest_open_quarter(project_of(team)) == quarter
        close_quarter(team, quarter.starts_on, author=captain)

    assert oldest_open_quarter(project_of(team)) is None


def test_event_before_the_cohort_opens_no_quarter(team, captain, cohort):
    cohort.starts_on = quarter_to_close().starts_on
    plan_event(team, captain, due_on=date(2016, 1, 1))

    assert oldest_open_quarter(project_of(team)) == quarter_to_close()


def test_page_left_open_over_the_end_of_a_quarter_closes_no_other(team, captain, event):
    with pytest.raises(RuleError, match="Сейчас закрывают"):
        close_quarter(team, date(2020, 1, 1), author=captain)


def test_what_is_otherwise_is_told_by_ids(team, event, closed, captain, member):
    other = plan_event(team, captain, what="Ярмарка")
    task = add_task(team, captain)
    change(event, captain, due_on=today() + timedelta(days=9))
    assert changes(team, closed) == [
        ("задача", task.text, "добавлено"),
        ("мероприятие", "Опрос", "изменено"),
        ("мероприятие", other.what, "добавлено"),
    ]

    remove_row(event, author=member)

    (gone,) = [what for _, title, what in changes(team, closed) if title == "Опрос"]
    assert gone.startswith("убрано: Олег Орлов, ")


def test_row_that_came_and_went_since_is_not_told(team, closed, captain):
    remove_row(add_risk(team, captain), author=captain)

    assert changes(team, closed) == []


def test_closing_and_removing_are_in_the_journal(event, closed, captain):
    remove_row(event, author=captain)

    assert journal()[-2:] == ["закрыт квартал проекта", "убрано из проекта школы"]


@pytest.mark.parametrize("tab", ["", "events", "schedule", "risks", "quarter"])
def test_each_tab_says_what_it_is_for_and_when_it_is_due(tab, sign_in, captain, team):
    coming = quarter_to_close().following

    page = sign_in(captain).get(f"/projects/{team.id}/{tab}").text

    assert "Что школа задумала, что вышло" in page
    assert f"{coming.label} — с {spell_day(opens_for_closing_on(coming))}" in page


def test_quarter_is_closed_and_read_on_the_page(sign_in, captain, tutor, team, event):
    browser, url = sign_in(captain), f"/projects/{team.id}/quarter"
    quarter = quarter_to_close()
    assert f"Закрыть {quarter.label}" in browser.get(url).text

    browser.post(url, data={"starts_on": quarter.starts_on.isoformat()})

    page = sign_in(tutor).get(url).text
    assert "Что изменилось после" in page
    number = db.session.scalars(sa.select(QuarterSnapshot.id)).one()
    kept = sign_in(tutor).get(f"/projects/{team.id}/quarters/{number}").text
    assert "Опрос" in kept


def test_events_without_a_mark_are_told_before_a_quarter_is_closed(
    sign_in, captain, team, event
):
    browser, url = sign_in(captain), f"/projects/{team.id}/quarter"
    change(event, captain, due_on=today() - timedelta(days=1), done_on=None)
    unmarked = browser.get(url).text

    change(event, captain, done_on=today())

    assert "так и останется «без отметки»" in unmarked
    assert "так и останется «без отметки»" not in browser.get(url).text


def test_quarter_that_was_closed_late_says_so(
    sign_in, team, captain, cohort, event, monkeypatch
):
    quarter = quarter_to_close().previous
    cohort.starts_on = quarter.starts_on
    change(event, captain, due_on=quarter.starts_on, done_on=quarter.starts_on)
    browser = sign_in(captain)
    assert (
        "в записи будет сегодняшний проект"
        in browser.get(f"/projects/{team.id}/quarter").text
    )

    closed = close_quarter(team, quarter.starts_on, author=captain)

    page = browser.get(f"/projects/{team.id}/quarters/{closed.id}").text
    assert "а закрыли его позже" in page


def test_quarter_that_was_closed_in_time_says_nothing_of_it(
    sign_in, team, captain, event, monkeypatch
):
    quarter = quarter_to_close()
    day = quarter.ends_on + timedelta(days=14)
    monkeypatch.setattr(quarters, "today", lambda: day)
    closed = close_quarter(team, quarter.starts_on, author=captain)

    page = sign_in(captain).get(f"/projects/{team.id}/quarters/{closed.id}").text

    assert "а закрыли его позже" not in page
