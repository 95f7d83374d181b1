"""What each person still lacks: to staff how far, to a team only whether."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import NBSP, today
from lms.course.cohorts.models import CohortState
from lms.overview.progress.people import people_of_cohort, people_of_team
from lms.schools.teams.permissions import active_membership
from tests.achievements import credit, finish, pass_quiz
from tests.conftest import member_of, person
from tests.works import accept, send, send_back


@pytest.fixture
def seen_by(cohort, team):
    """Return a function that gives the cells of each person, as somebody sees them."""

    def cells(viewer, *, is_staff):
        grid = people_of_team(team, viewer, is_staff=is_staff)
        return {row.user.full_name: [c.text for c in row.cells] for row in grid.rows}

    return cells


@pytest.fixture
def failed(module, captain, member, tutor):
    """Орлов, who has tried the self-check and has reached 60 %."""
    pass_quiz(member, module, 60)
    return member


def test_staff_reads_how_far_a_self_check_is(seen_by, failed, tutor):
    cells = seen_by(tutor, is_staff=True)

    reached = f"работа: не отправлена · самопроверка: 60{NBSP}%"
    assert cells["Орлов Олег Сергеевич"] == [reached]
    none = ["работа: не отправлена · самопроверка: не пройдена"]
    assert cells["Седова Анна Викторовна"] == none


def test_peers_cannot_tell_who_failed_from_who_has_not_tried(seen_by, failed, captain):
    cells = seen_by(captain, is_staff=False)

    assert len({tuple(texts) for texts in cells.values()}) == 1
    assert "60" not in str(cells)


def test_no_percent_of_anybody_stands_on_the_page_of_a_team(
    module, failed, captain, sign_in, team
):
    pass_quiz(captain, module, 87)
    for person_ in (captain, failed):
        page = sign_in(person_).get(f"/teams/{team.id}/").text
        assert "До сертификата" in page
        assert not re.search(r"\d\s*%", page)


def test_tutor_reads_percents_on_the_page_of_a_team(failed, tutor, team, sign_in):
    page = sign_in(tutor).get(f"/teams/{team.id}/").text

    assert f"самопроверка: 60{NBSP}%" in page


def test_reason_of_an_excuse_is_told_to_nobody_of_the_team(
    seen_by, module, team, captain, member, tutor
):
    work = send(module, captain, team).submission
    credit(member, work, excused_by_id=tutor.id, reason="Болеет.")

    cells = seen_by(captain, is_staff=False)

    mine = ["работа: зачтена · самопроверка: не пройдена"]
    assert cells["Орлов Олег Сергеевич"] == mine


@pytest.mark.parametrize(
    ("decide", "word"), [(accept, "зачтена"), (send_back, "вернули")]
)
def test_work_of_the_team_shows_its_state(
    seen_by, module, team, captain, tutor, decide, word
):
    decide(send(module, captain, team), tutor)

    (cell,) = seen_by(captain, is_staff=False)["Седова Анна Викторовна"]

    assert cell.startswith(f"работа: {word}")


def test_lesson_that_is_closed_asks_for_nothing_yet(
    seen_by, module, cohort, captain, tutor
):
    cohort.rows[0].opens_on = today().replace(year=today().year + 1)
    db.session.commit()

    cells = seen_by(tutor, is_staff=True)

    closed = "работа: пока закрыта · самопроверка: пока закрыта"
    assert cells["Седова Анна Викторовна"] == [closed]


def test_who_left_is_not_in_the_grid(seen_by, module, captain, member, tutor):
    active_membership(member).left_at = utcnow()
    db.session.commit()

    assert list(seen_by(tutor, is_staff=True)) == ["Седова Анна Викторовна"]


def test_who_changed_teams_is_in_the_new_one_alone(
    module, team, other_team, captain, member, tutor, cohort
):
    active_membership(member).left_at = utcnow()
    db.session.commit()
    member_of(other_team, member)

    grids = [people_of_team(t, tutor, is_staff=True) for t in (team, other_team)]

    assert [[row.user.id for row in grid.rows] for grid in grids] == [
        [captain.id],
        [member.id],
    ]


def test_figures_count_the_complete_and_the_nearly_complete(
    accepted, cohort, team, captain, member, tutor
):
    finish(captain, accepted)
    credit(member, accepted)
    member_of(team, person("Зимин Егор Ильич", "zimin@example.org"))

    grid = people_of_cohort(cohort, tutor)

    assert (len(grid.rows), grid.complete, grid.nearly) == (3, 1, 1)
    assert [row.user.id for row in grid.of_nearly.rows] == [member.id]
    assert [row.left for row in grid.rows] == ["осталось 2", "осталось 1", "всё есть"]


def test_cohort_that_is_not_open_says_when_conditions_come(
    module, cohort, captain, tutor, sign_in, team
):
    cohort.rule, cohort.state = None, CohortState.PLANNED
    db.session.commit()
    browser = sign_in(tutor)

    page = browser.get(f"/progress/{cohort.id}/?by=people").text

    assert "закрепится, когда поток" in page
    assert "До сертификата" not in browser.get(f"/teams/{team.id}/").text


def test_third_sheet_is_equal_to_the_page(
    failed, accepted, cohort, tutor, sign_in, team
):
    finish(failed, accepted)
    browser = sign_in(tutor)

    file = browser.get(f"/progress/{cohort.id}.xlsx").data
    page = browser.get(f"/progress/{cohort.id}/?by=people").text

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(2)
    head, *lines = sheet.to_python()
    grid = people_of_cohort(cohort, tutor)
    cells = [[cell.text for cell in row.cells] for row in grid.rows]
    assert head[5:] == [column.label for column in grid.columns]
    assert [line[5:] for line in lines] == cells
    assert all(str(text) in page for line in lines for text in line[2:])


@pytest.mark.parametrize("query", ["one=1", "q=мост", "q=орлов", "mine=1"])
def test_filters_hold_for_page_and_sheet(
    accepted, cohort, other, captain, member, tutor, sign_in, query
):
    credit(member, accepted)
    browser = sign_in(tutor)

    page = browser.get(f"/progress/{cohort.id}/?by=people&{query}").text
    file = browser.get(f"/progress/{cohort.id}.xlsx?by=people&{query}").data

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(2)
    names = {line[3] for line in sheet.to_python()[1:]}
    everybody = {p.full_name for p in (captain, member, other)}
    assert names == {name for name in everybody if name in page}
    assert names < everybody


def test_people_cost_the_same_number_of_statements(
    accepted, cohort, team, other_team, captain, tutor, sign_in, count_statements
):
    browser = sign_in(tutor)

    def cost(url):
        with count_statements() as statements:
            assert browser.get(url).status_code == 200
        return len(statements)

    urls = [f"/progress/{cohort.id}/?by=people", f"/teams/{team.id}/"]
    before = [cost(url) for url in urls]
    for number in range(4):
        where = (team, other_team)[number % 2]
        member_of(where, person(f"Имя {number}", f"{number}@example.org"))

    assert [cost(url) for url in urls] == before


def test_many_people_stand_on_pages_and_in_one_sheet(
    accepted, cohort, team, captain, tutor, sign_in
):
    for number in range(100):
        member_of(team, person(f"Имя {number:03}", f"{number}@example.org"))
    browser, url = sign_in(tutor), f"/progress/{cohort.id}/?by=people"

    first, second = browser.get(url).text, browser.get(f"{url}&page=2").text

    assert (first.count("matrix__row"), second.count("matrix__row")) == (50, 50)
    assert "101\N{NO-BREAK SPACE}человек" in second
    assert "by=people" in second
    file = browser.get(f"/progress/{cohort.id}.xlsx").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(2)
    assert len(sheet.to_python()) == 102
