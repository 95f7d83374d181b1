"""An admin uploads a list, looks at it and confirms it."""

import re
from io import BytesIO

import pytest

from lms.schools.enrolments.columns import COLUMNS
from lms.schools.enrolments.tables import read_table
from tests.lists import ANNA, HEADINGS, as_csv, as_xlsx, line, people


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


def test_columns_are_chosen_by_hand(browser, send):
    headings = [*HEADINGS[:3], "Группа", *HEADINGS[4:]]
    page = send(as_csv([headings, line()]))
    assert "не хватает столбцов: «Команда»" in page.text
    chosen = re.findall(r"<option selected value=\"(\w*)\"", page.text)[1:]
    assert chosen[3] == ""

    chosen[3] = "team"
    answers = {f"columns-{place}": key for place, key in enumerate(chosen)}
    answer = browser.post(page.request.path, data=answers | {"header": 1})

    assert "новая команда" in browser.get(answer.location).text


def test_what_is_one_for_all_lines_needs_no_column(browser, send):
    page = send(as_csv([["ФИО", "Почта"], ["Седова Анна", ANNA]]))
    answers = {"header": 1, "columns-0": "full_name", "columns-1": "email"}
    said = {"school": "Школа № 12", "municipality": "Новосибирск", "team": "Опора"}

    answer = browser.post(
        page.request.path, data=answers | said | {"position": "учитель"}
    )
    checked = browser.get(answer.location).text

    assert "«Опора», Школа № 12, Новосибирск" in checked
    assert "Подтвердить и пригласить 1" in checked
    assert 'value="Опора"' in browser.get(page.request.path).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"team": "Опора"}, "«Команда»: выбран столбец и написано одно для всех"),
        (
            {"columns-3": ""},
            "Не выбраны столбцы: «Команда». Выберите их или напишите ниже одно",
        ),
        ({"columns-3": "email"}, "«Почта» выбрано у двух столбцов"),
        ({"columns-7": "surname"}, "и целиком, и по частям"),
        ({"header": 2}, "Под этой строкой нет людей"),
    ],
)
def test_wrong_choice_of_columns_comes_back(browser, send, changes, words):
    page = send(as_csv([HEADINGS, line()]))
    keys = [column.key for column in COLUMNS if column.key != "tutor"]
    answers = {f"columns-{place}": key for place, key in enumerate(keys)}

    address = f"{page.request.path}columns"
    again = browser.post(address, data=answers | {"header": 1} | changes)

    assert words in again.text


def test_two_spellings_of_a_school_become_one(browser, send):
    other = line(
        "Орлов Олег", "o@x.org", team=["МБОУ СОШ №12", "г. Новосибирск", "", "Б"]
    )
    page = send(as_csv([HEADINGS, line(), other]))
    assert "2 новые школы" in page.text.replace("\xa0", " ")
    key = re.search(r'name="same"[^>]*value="([^"]+)"', page.text).group(1)

    again = browser.post(
        f"{page.request.path}schools", data={"same": key}, follow_redirects=True
    )

    assert "1 новую школу" in again.text.replace("\xa0", " ")
    assert re.search(r'checked[^>]*name="same"', again.text)


def test_refused_lines_stand_first_and_doubtful_ones_next(browser, send):
    lines = [line(), line("ОРЛОВ ОЛЕГ", "o@x.org"), line("Ждан Ян", "zhdan")]
    page = send(as_csv([HEADINGS, *lines])).text

    shown = page[page.index('id="lines"') :]

    assert shown.index("Строка 4") < shown.index("Строка 3") < shown.index("Строка 2")
    assert "Проверьте: имя набрано заглавными буквами" in shown


def test_unknown_kind_of_file_is_not_found(browser):
    assert browser.get("/enrolments/sample.exe").status_code == 404
