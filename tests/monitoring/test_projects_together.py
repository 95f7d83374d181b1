"""Events that a school holds with its partners: chosen, read, counted once."""

from datetime import date, timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.projects import tables
from lms.monitoring.projects.picture import Picture, picture_of
from lms.monitoring.projects.quarters import close_quarter, oldest_open_quarter
from lms.monitoring.projects.services import project_of, remove_row
from lms.monitoring.projects.together import held_with_partners, with_joint_event
from lms.network.partners.merging import merge_partners, part_partner
from lms.network.partners.services import close_partner
from lms.network.ventures.forms import CardsField
from lms.network.ventures.services import add_venture
from tests.partners import new_partner, venture_words
from tests.projects import change, plan_event

TYPED = {"what": "Ярмарка", "who": "Седова А. В.", "kind": "MEETING"}


@pytest.fixture
def depot(team, captain):
    return new_partner(team, captain)


@pytest.fixture
def library(team, captain):
    return new_partner(team, captain, name="Библиотека")


@pytest.fixture
def held(team, captain, depot):
    """An event that was held today with the depot."""
    return plan_event(team, captain, done_on=today(), partners=[depot])


def line_of(team):
    [line] = picture_of(project_of(team)).events
    return line


def share(team, year=None):
    year = year or SchoolYear.of(today())
    return with_joint_event([team.school_id], year).get(team.school_id)


def test_captain_names_the_partners_of_an_event(sign_in, captain, team, depot):
    typed = TYPED | {"due_on": today().isoformat(), "partners": [depot.id]}
    browser, url = sign_in(captain), f"/projects/{team.id}"

    browser.post(f"{url}/events/new", data=typed)

    assert line_of(team).together == ("Вагонное депо",)
    assert "С кем вместе: Вагонное депо" in browser.get(f"{url}/events").text
    assert "Вместе с: Вагонное депо" in browser.get(f"{url}/schedule").text


def test_partner_with_whom_all_is_over_is_offered_last_and_says_so(
    sign_in, captain, team, depot, library
):
    close_partner(library, until=date(2026, 1, 31), author=captain)

    page = sign_in(captain).get(f"/projects/{team.id}/events/new").text

    said = "Библиотека, работали до 31\N{NO-BREAK SPACE}января"
    assert 0 < page.index("Вагонное депо") < page.index(said)


def test_school_without_partners_is_not_asked_for_them(sign_in, captain, team):
    page = sign_in(captain).get(f"/projects/{team.id}/events/new").text

    assert "С кем вместе" not in page


def test_partner_of_another_school_is_no_choice(
    sign_in, captain, team, depot, other_team, other
):
    strange = new_partner(other_team, other, name="Чужой завод")
    typed = TYPED | {"due_on": today().isoformat(), "partners": [strange.id]}

    page = sign_in(captain).post(f"/projects/{team.id}/events/new", data=typed).text

    assert "Чужой завод" not in page
    assert CardsField.GONE in page
    assert project_of(team) is None


def test_partner_named_by_a_colleague_meanwhile_stays(
    captain, member, held, depot, library
):
    seen = {"what": "Опрос", "partners": str(depot.id)}
    change(held, captain, seen=seen, partners=[depot, library])

    change(held, member, seen=seen, base_version=1, what="Беседа", partners=[depot])

    assert held.what == "Беседа"
    assert {one.name for one in held.partners} == {"Вагонное депо", "Библиотека"}


def test_partners_stand_in_the_table_of_the_source(held, team):
    _, fact, *_ = tables.cells_of_event(line_of(team))

    assert fact.endswith("С кем вместе: Вагонное депо")


def test_register_names_events_beside_joint_projects(
    sign_in, member, held, team, captain, depot
):
    add_venture(team.school, venture_words(partners=[depot]), author=captain)

    page = sign_in(member).get(f"/partners/schools/{team.school_id}/").text

    assert "Сад у депо: 106 кг" in page
    assert f"Опрос, {today().day}" in page


def test_event_ahead_is_nothing_done_together(team, captain, depot):
    due_on = today() + timedelta(days=2)
    plan_event(team, captain, due_on=due_on, partners=[depot])

    assert (held_with_partners(team.school_id), share(team)) == ({}, (0, 1))


def test_event_that_was_removed_is_nothing_done_together(team, captain, held):
    remove_row(held, author=captain)

    assert (held_with_partners(team.school_id), share(team)) == ({}, (0, 1))


def test_partner_of_an_event_and_of_a_project_is_counted_once(
    team, captain, held, depot, library
):
    words = venture_words(partners=[depot], starts_on=today(), ends_on=today())
    add_venture(team.school, words, author=captain)
    plan_event(team, captain, what="Вечер", done_on=today(), partners=[depot])

    assert share(team) == (1, 2)


def test_event_counts_in_its_own_year(team, held):
    assert share(team, SchoolYear.starting(2098)) == (0, 1)


def test_merged_partner_is_named_once_and_parted_again(
    team, captain, held, depot, library
):
    change(held, captain, partners=[depot, library])
    merge_partners(depot, library, author=captain)
    db.session.expire_all()

    assert line_of(team).together == ("Библиотека",)
    assert [len(held_with_partners(team.school_id)[library.id])] == [1]
    assert share(team) == (1, 1)
    change(held, captain, fact="Пришли все")
    part_partner(depot, author=captain)
    assert share(team) == (2, 2)


def test_closed_quarter_keeps_the_names(team, captain, held):
    quarter = oldest_open_quarter(project_of(team))
    snapshot = close_quarter(team, quarter.starts_on, author=captain)
    change(held, captain, partners=[])

    assert snapshot.rows["events"][0]["together"] == ["Вагонное депо"]


def test_quarter_that_was_closed_before_events_had_partners_is_read(team, held):
    stored = picture_of(project_of(team)).stored()
    del stored["events"][0]["together"]

    assert Picture.model_validate(stored).events[0].together == ()


def test_events_take_as_many_statements_for_twenty_as_for_two(
    team, captain, depot, library, count_statements
):
    counts = []
    for number in (2, 20):
        for one in range(number):
            facts = {"what": f"Дело {one}", "done_on": today()}
            plan_event(team, captain, partners=[depot, library], **facts)
        db.session.expire_all()
        with count_statements() as statements:
            picture_of(project_of(team))
            held_with_partners(team.school_id)
        counts.append(len(statements))

    assert counts[0] == counts[1]
