"""Pages of pairs: journeys, bad input, papers, statements."""

import io

import pytest
import sqlalchemy as sa
from docx import Document
from python_calamine import CalamineWorkbook
from werkzeug.http import parse_options_header

from lms.core.extensions import db
from lms.core.language import today
from lms.network.pairs.models import Pair, PairEvent
from tests.conftest import look_after
from tests.mentors import settle_school
from tests.pairs import event_of, pair_of

EVENT = {
    "what": "Круглый стол",
    "begins_on": "2026-10-01",
    "ends_on": "2026-11-30",
    "planned": "=Три истории.",
    "outcome": "",
}


@pytest.fixture
def pair(team, other_team, captain, other, coordinator):
    return pair_of(team, other_team, coordinator)


def test_coordinator_opens_a_pair_and_closes_it(
    sign_in, team, other_team, territory, coordinator
):
    look_after(coordinator, settle_school(other_team, territory.parent))
    browser = sign_in(coordinator)
    form = {"first_id": team.school_id, "second_id": other_team.school_id}
    form |= {"goal": "Учиться.", "signed_on": str(today())}

    place = browser.post("/pairs/new", data=form).location
    browser.post(f"{place}close")

    assert not db.session.scalars(sa.select(Pair)).one().is_open


def test_no_school_is_chosen_for_a_coordinator(sign_in, team, coordinator):
    browser = sign_in(coordinator)

    chosen = '<option value="0" selected>выберите'
    assert browser.get("/pairs/new").text.count(chosen) == 2
    suggested = browser.get(f"/pairs/new?first_id={team.school_id}").text
    assert suggested.count(chosen) == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"second_id": "own"}, "пару составляют две"),
        ({"first_id": "0"}, "Выберите школу."),
        ({"second_id": "0"}, "Выберите вторую школу."),
        ({"goal": " "}, "Напишите цель"),
        ({"until": "2001-01-01"}, "раньше дня договора"),
    ],
)
def test_pair_with_a_slip_comes_back(
    sign_in, team, other_team, territory, coordinator, change, refusal
):
    look_after(coordinator, settle_school(other_team, territory.parent))
    form = {"first_id": team.school_id, "second_id": other_team.school_id}
    form |= {"goal": "Учиться.", "signed_on": str(today())} | change
    if form["second_id"] == "own":
        form["second_id"] = team.school_id

    page = sign_in(coordinator).post("/pairs/new", data=form).text

    assert refusal in page
    assert db.session.scalar(sa.select(Pair)) is None


def test_both_schools_write_the_plan(sign_in, captain, other, pair):
    sign_in(captain).post(f"/pairs/{pair.id}/events/new", data=EVENT)
    event = db.session.scalars(sa.select(PairEvent)).one()

    browser = sign_in(other)
    change = EVENT | {"outcome": "Вышло.", "seen": '{"outcome": ""}'}
    browser.post(f"/pairs/{pair.id}/events/{event.id}", data=change)

    page = browser.get(f"/pairs/{pair.id}/").text
    assert "01.10.2026 – 30.11.2026" in page
    assert "Вышло." in page


def test_event_that_ends_before_it_begins_comes_back(sign_in, captain, pair):
    form = EVENT | {"ends_on": "2026-09-01"}

    page = sign_in(captain).post(f"/pairs/{pair.id}/events/new", data=form).text

    assert "Этот день раньше первого дня." in page


def test_clash_shows_both_texts_and_the_second_saving_holds(sign_in, captain, pair):
    event = event_of(pair, captain)
    address, browser = f"/pairs/{pair.id}/events/{event.id}", sign_in(captain)
    shown = '{"planned": "Прежний результат."}'

    page = browser.post(address, data=EVENT | {"seen": shown}).text

    assert "=Три истории." in page
    assert "Три истории.</dd>" in page
    assert "Соедините их" in page


def test_suggestions_are_for_coordinators_alone(sign_in, captain, pair):
    page = sign_in(captain).get("/pairs/").text

    assert "Кого можно познакомить" not in page
    assert "Открыть пару" not in page


def test_start_page_of_the_coordinator_names_a_quiet_pair(
    sign_in, team, other_team, captain, coordinator
):
    pair_of(team, other_team, coordinator, days_ago=100)

    assert "Пара без мероприятий" in sign_in(coordinator).get("/home/").text
    assert "Пара без мероприятий" not in sign_in(captain).get("/home/").text


def test_plan_is_the_same_on_paper(sign_in, captain, pair):
    sign_in(captain).post(f"/pairs/{pair.id}/events/new", data=EVENT)
    browser = sign_in(captain)

    answer = browser.get(f"/pairs/{pair.id}/plan.docx")
    excel = browser.get(f"/pairs/{pair.id}/plan.xlsx").data

    _, told = parse_options_header(answer.headers["Content-Disposition"])
    assert told["filename"] == f"План пары школ, {pair.title}.docx"
    head, row = Document(io.BytesIO(answer.data)).tables[0].rows
    cells = [cell.text for cell in row.cells]
    assert [cell.text for cell in head.cells][1:3] == ["Мероприятия", "Сроки"]
    assert cells[1:4] == ["Круглый стол", "01.10.2026 – 30.11.2026", "=Три истории."]
    book = CalamineWorkbook.from_filelike(io.BytesIO(excel))
    assert book.get_sheet_by_index(0).to_python()[1][1:] == cells[1:]


@pytest.mark.parametrize("path", ["/pairs/", "/pairs/{}/"])
def test_statements_do_not_grow_with_rows(
    sign_in, captain, pair, count_statements, path
):
    event_of(pair, captain)
    browser, address = sign_in(captain), path.format(pair.id)
    browser.get(address)
    with count_statements() as few:
        browser.get(address)
    for days in range(5):
        event_of(pair, captain, days=days)

    with count_statements() as many:
        browser.get(address)

    assert len(many) == len(few)
