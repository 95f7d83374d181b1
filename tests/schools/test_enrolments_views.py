"""An admin uploads a list, looks at it and confirms it."""

import re
from io import BytesIO

import pytest

from lms.schools.enrolments.tables import read_table
from tests.lists import HEADINGS, as_csv, as_xlsx, line, people


@pytest.fixture
def browser(admin, sign_in):
    return sign_in(admin)


@pytest.fixture
def send(browser, cohort):
    """Return a function that uploads a file and gives the page that follows."""
    address = f"/enrolments/cohorts/{cohort.id}/new"

    def upload(content, name="список.csv"):
        file = {"file": (BytesIO(content), name)}
        return browser.post(address, data=file, follow_redirects=True)

    return upload


def seen_on(page):
    return re.search(r'name="seen"[^>]*value="(\w+)"', page.text).group(1)


def test_list_is_uploaded_checked_and_confirmed(browser, send):
    page = send(as_csv(people(line(), line("Орлов Олег", "oleg"))))
    assert "Подтвердить и пригласить" in page.text
    assert "почта без @: «oleg»" in page.text

    answer = browser.post(
        page.request.path, data={"seen": seen_on(page)}, follow_redirects=True
    )

    assert "Список подтверждён" in answer.text
    assert "data-refresh" in answer.text
    assert "Седова Анна" in answer.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_refused_lines_are_downloaded(browser, send, kind):
    page = send(as_xlsx(people(line(), line("Орлов Олег", "oleg"))))

    file = browser.get(f"{page.request.path}refused.{kind}").data

    assert [r.cells["full_name"] for r in read_table(file).lines] == ["Орлов Олег"]


def test_wrong_file_is_refused_on_the_page(send):
    page = send(b"\x89PNG\0\0")

    assert "не таблица" in page.text
    assert "field--invalid" in page.text


def test_no_file_is_asked_for(browser, cohort):
    page = browser.post(f"/enrolments/cohorts/{cohort.id}/new", data={})

    assert "Выберите файл" in page.text


def test_hostile_name_is_only_text(send):
    page = send(as_csv([HEADINGS, line("<script>alert(1)</script> Анна")]))

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


def test_stale_page_keeps_the_ticks(browser, send, captain, member):
    page = send(as_csv([HEADINGS, line(email=member.email)]))
    tick = re.search(r'value="(member-\d+)"', page.text).group(1)

    again = browser.post(page.request.path, data={"seen": "old", "remove": tick})

    assert "сверен заново" in again.text
    assert re.search(f'checked[^>]*value="{tick}"', again.text)


def test_unticked_boxes_stand_beside_who_is_missing(send, captain, member):
    page = send(as_csv([HEADINGS, line(email=member.email)]))

    assert captain.full_name in page.text
    assert not re.search(r"<input[^>]*checked", page.text)


def test_lines_can_be_narrowed_to_a_verdict(browser, send):
    page = send(as_csv(people(line(), line("Орлов Олег", "oleg"))))

    shown = browser.get(page.request.path + "?only=REFUSED").text

    assert "Орлов Олег" in shown
    assert "Седова Анна" not in shown


def test_confirmed_list_leads_to_the_invitations(browser, send):
    page = send(as_csv(people()))
    browser.post(page.request.path, data={"seen": seen_on(page)})

    assert "/newcomers/" in browser.get(page.request.path).location


def test_unknown_kind_of_file_is_not_found(browser):
    assert browser.get("/enrolments/sample.exe").status_code == 404
