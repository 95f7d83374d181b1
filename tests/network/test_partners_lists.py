"""A list of partners in whatever a school keeps it: looked at first, added once."""

import csv
import io
import re
from io import BytesIO

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.workbooks import new_sheet, new_workbook
from lms.network.partners.lists import read_partners
from lms.network.partners.models import Partner, PartnerKind
from tests.conftest import count
from tests.partners import new_partner

ROWS = [
    ["Партнёры школы № 12"],
    ["№", "Партнёр", "Кто это", "Что даёт", "Что нужно ему", "Контактное лицо"],
    ["1", "Вагонное депо", "предприятие", "Наставников", "Практикантов", "Котов И. П."],
    ["2", "Библиотека № 4", "", "Зал по средам", "Читателей", ""],
]
CODES = ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8_r", "mac_cyrillic"]


def text_of(mark=";"):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=mark).writerows(ROWS)
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    with new_workbook(file) as book:
        sheet = new_sheet(book, "Список")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def names_of(content):
    return [(line.number, line.name, line.kind) for line in read_partners(content)]


EXPECTED = [
    (3, "Вагонное депо", PartnerKind.BUSINESS),
    (4, "Библиотека № 4", PartnerKind.CULTURE),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_list_is_read_in_every_encoding(app, code, mark):
    text = text_of(mark).replace("№", "N") if code not in CODES[:4] else text_of(mark)

    found = names_of(text.encode(code))

    assert [name.replace(" N ", " № ") for _, name, _ in found] == [
        name for _, name, _ in EXPECTED
    ]


def test_workbook_is_read_like_a_csv(app):
    assert names_of(workbook()) == EXPECTED


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "пустой"),
        ("Имя;Возраст\nОля;7".encode(), "заголовками"),
        ("Партнёр;Что даёт\n".encode(), "ни одной строки"),
        (b"%PDF-1.4", "PDF"),
        (("Партнёр;Что даёт\n" + "А;Б\n" * 201).encode(), "больше 200"),
    ],
)
def test_file_that_is_no_list_is_refused_in_words(app, content, why):
    with pytest.raises(RuleError, match=why):
        read_partners(content)


@pytest.fixture
def url(team):
    return f"/partners/schools/{team.school_id}"


@pytest.fixture
def page(url, sign_in, captain, team):
    """What the dry run shows to a school that has one of the two partners."""
    new_partner(team, captain, name="«Вагонное депо»")
    file = {"file": (BytesIO(text_of().encode("cp1251")), "партнёры.csv")}
    return sign_in(captain).post(f"{url}/list", data=file).text


def typed_in(page):
    """What a browser sends of the page as it stands."""
    lines = re.findall(r'name="line" value="(\d+)"', page)
    ticked = re.findall(r'<input checked[^>]*name="(\d+-take)"', page)
    texts = dict(re.findall(r'name="(\d+-(?:name|person))"[^>]*value="([^"]*)"', page))
    kinds = re.findall(
        r'name="(\d+-kind)".*?<option selected value="(\w*)"', page, re.DOTALL
    )
    return {"line": lines} | texts | dict(kinds) | dict.fromkeys(ticked, "y")


def test_dry_run_adds_nothing_and_tells_who_is_there(page):
    assert count(Partner) == 1
    assert page.count("уже есть") == 1
    assert [key for key in typed_in(page) if key.endswith("take")] == ["4-take"]


def test_what_was_looked_at_is_added_once(page, url, sign_in, captain):
    browser, typed = sign_in(captain), typed_in(page)

    first = browser.post(f"{url}/listed", data=typed)
    second = browser.post(f"{url}/listed", data=typed).text

    assert first.status_code == 302
    assert "у школы уже есть" in second
    assert count(Partner) == 2
    added = db.session.query(Partner).filter_by(name="Библиотека № 4").one()
    assert (added.kind, added.keeper_id) == (PartnerKind.CULTURE, captain.id)


def test_line_that_lacks_something_comes_back_as_typed(page, url, sign_in, captain):
    typed = typed_in(page) | {"4-kind": "", "4-gives": "Зал, 8 913 123-45-67"}

    answer = sign_in(captain).post(f"{url}/listed", data=typed).text

    assert "Выберите, кто это." in answer
    assert "Зал, 8 913 123-45-67" in answer
    assert count(Partner) == 1


def test_two_lines_of_one_name_are_one_partner(page, url, sign_in, captain):
    typed = typed_in(page) | {"3-name": "библиотека №4", "3-take": "y"}

    sign_in(captain).post(f"{url}/listed", data=typed)

    assert count(Partner) == 2


def test_dry_run_takes_as_many_statements_for_two_hundred_lines_as_for_two(
    url, sign_in, captain, team, count_statements
):
    browser, counts = sign_in(captain), []
    for number in (2, 200):
        lines = "".join(f"Завод {one};Цех\n" for one in range(number))
        content = f"Партнёр;Что даёт\n{lines}".encode()
        with count_statements() as statements:
            browser.post(f"{url}/list", data={"file": (BytesIO(content), "a.csv")})
        counts.append(len(statements))

    assert counts[0] == counts[1]
