"""Pages of the coordinating council."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from lms.core.language import today
from lms.network.councils.council import council_of
from lms.network.councils.meetings import add_meeting, add_paper
from lms.network.councils.models import CouncilMember, Side
from lms.network.councils.services import add_member
from tests import sample_course
from tests.conftest import count
from tests.councils import meeting_words, member_words

TYPED = {"side": "PARENT", "name": "Фролова Дарья", "version": "1"}


@pytest.fixture
def index(team):
    return f"/partners/council/schools/{team.school_id}/"


@pytest.fixture
def member_of_council(team, captain):
    return add_member(team.school, member_words(), author=captain)


@pytest.fixture
def met(team, captain):
    met = add_meeting(team.school, meeting_words(), author=captain)
    add_paper(met, "Протокол.pdf", sample_course.DOCUMENT, author=captain)
    return met


def test_captain_writes_the_council_down(sign_in, captain, index):
    browser = sign_in(captain)

    browser.post(f"{index}members/new", data=TYPED)

    page = browser.get(index).text
    assert "Фролова Дарья" in page
    assert "педагог, учащийся, организация, объединение" in page


def test_pupil_with_a_surname_is_typed_back(sign_in, captain, index):
    typed = TYPED | {"side": "PUPIL", "name": "Аня Седова", "position": "8 «Б»"}

    page = sign_in(captain).post(f"{index}members/new", data=typed).text

    assert "без фамилии" in page
    assert 'value="Аня Седова"' in page
    assert count(CouncilMember) == 0


def test_side_is_asked_for(sign_in, captain, index):
    page = sign_in(captain).post(f"{index}members/new", data=TYPED | {"side": ""}).text

    assert "Выберите, чью сторону человек представляет." in page
    assert 'value="Фролова Дарья"' in page
    assert count(CouncilMember) == 0


def test_coordinator_reads_sides_and_days_and_no_names(
    sign_in, coordinator, index, member_of_council, met
):
    page = sign_in(coordinator).get(index).text

    assert "организация" in page
    assert not [
        word for word in ("Котов", "депо", "Принять", "Протокол.pdf") if word in page
    ]


def test_slower_colleague_sees_both(sign_in, captain, member, member_of_council, index):
    url = f"/partners/council/members/{member_of_council.id}"
    sign_in(member).post(url, data=TYPED | {"name": "Роман Ильич"})

    page = sign_in(captain).post(url, data=TYPED).text

    assert "Что сохранено сейчас" in page
    assert "Роман Ильич" in page
    assert 'value="Фролова Дарья"' in page


def test_minutes_are_put_to_a_meeting_and_read(sign_in, captain, team, index):
    browser = sign_in(captain)
    typed = {"held_on": today().isoformat(), "agenda": "План"}
    url = browser.post(f"{index}meetings/new", data=typed).location.split("#")[0]
    file = BytesIO(sample_course.DOCUMENT), "Протокол 1.pdf"

    browser.post(f"{url}files", data={"file": file})

    assert "Протокол 1.pdf" in browser.get(index).text
    [met] = council_of(team.school_id).meetings
    assert browser.get(f"{url}files/{met.files[0].id}").data == sample_course.DOCUMENT


def test_paper_that_is_refused_says_why(sign_in, captain, met):
    file = BytesIO(b"MZ"), "протокол.exe"

    page = sign_in(captain).post(
        f"/partners/council/meetings/{met.id}/files", data={"file": file}
    )

    assert "подойдут pdf" in page.text


def test_workbook_of_the_register_holds_the_council(
    sign_in, captain, coordinator, team, member_of_council, met
):
    url = f"/partners/schools/{team.school_id}/partners.xlsx"

    full, reduced = (
        CalamineWorkbook.from_filelike(BytesIO(sign_in(one).get(url).data))
        for one in (captain, coordinator)
    )

    assert full.sheet_names[-2:] == ["Координационный совет", "Заседания совета"]
    rows = [one.get_sheet_by_index(1).to_python()[1] for one in (full, reduced)]
    assert [row[0] for row in rows] == ["Котов Иван", "—"]


def test_words_about_who_was_removed_meanwhile_are_handed_back(
    sign_in, captain, member, member_of_council
):
    url = f"/partners/council/members/{member_of_council.id}"
    sign_in(captain).post(f"{url}/remove")

    answer = sign_in(member).post(url, data=TYPED | {"position": "совет отцов"})

    assert answer.status_code == 404
    assert "эту запись убрали" in answer.text
    assert "совет отцов" in answer.text


def test_member_written_down_by_mistake_is_removed(sign_in, captain, member_of_council):
    url = f"/partners/council/members/{member_of_council.id}/remove"

    sign_in(captain).post(url)

    assert count(CouncilMember) == 0


def test_sides_are_those_of_the_source():
    assert [side.value for side in Side] == [
        *("педагог", "родитель", "учащийся", "организация", "объединение"),
    ]
