"""The PDF: any name fits, nothing is injected, the same facts give the same bytes."""

import re
from datetime import UTC, datetime

import pytest

from lms.core.errors import RuleError
from lms.core.storage import store_bytes
from lms.outcomes.certificates import paper
from lms.outcomes.certificates.models import Certificate
from tests.signatures import INK

MODULE = {"slug": "a", "title": "А", "by": "team", "revision_id": 1}


@pytest.fixture
def database_url(template_database):
    """The paper is made of facts and not of rows: one empty database is enough."""
    return f"sqlite:///{template_database}"


@pytest.fixture
def make(app):
    """Return a function that makes the paper of somebody."""

    def make_paper(name="Седова Анна Викторовна", **facts):
        modules = [MODULE | {"position": n, "work": "accepted"} for n in range(1, 10)]
        usual = {
            "number": "ТС-2028-000128",
            "code": "K7QD-M2XP-4RTW-9HNC",
            "holder_name": name,
            "team_name": "Опора",
            "school_name": "Школа № 12",
            "municipality": "Новосибирск",
            "course_title": "Школа — центр социума",
            "hours": 36,
            "modules": modules,
            "signer": "Руководитель курса",
            "issued_at": datetime(2028, 5, 26, 9, tzinfo=UTC),
        }
        return paper.make_pdf(Certificate(**usual | facts))

    return make_paper


def pages(pdf):
    """Count the sheets by what the file says about itself."""
    return int(re.search(rb"<xmpTPg:NPages>(\d+)<", pdf)[1])


def test_paper_is_an_archive_pdf_that_can_be_read_aloud(make):
    pdf = make()

    assert pdf.startswith(b"%PDF-")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_same_facts_give_the_same_bytes(make):
    assert make() == make()


@pytest.mark.parametrize(
    "name",
    [
        "Я",
        "Константинопольская-Преображенская Александрина-Виктория"
        " Святославовна-Ростиславовна кызы Мухаммедгалиева-Абдурахманова",
        "Ы" * 200,
        "Қайрат Әлиұлы Ӱшкӱ Şahin Łukasz Ñuñez",
        "Ҟорчак Ӛмир Ӡоҭ-оглы",  # three letters that Onest does not have
        "Андрей Й Ё",  # й and ё of two signs each
        "Ольга 🌳 Ким",
        '#set page(fill: red); $x$ *ж* <a> \\u{41} "@ссылка" // комментарий',
    ],
)
def test_any_name_is_set_on_one_page(make, name):
    pdf = make(name)

    assert pages(pdf) == 1
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_long_school_and_signer_stay_on_the_page(make):
    pdf = make(
        school_name="Муниципальное бюджетное учреждение " * 5,
        team_name="Команда неравнодушных " * 5,
        signer="Кандидат педагогических наук, руководитель курса " * 2,
    )

    assert pages(pdf) == 1


def test_position_and_issuer_of_any_length_stay_on_the_page(make):
    pdf = make(
        signer="Кандидат педагогических наук " * 4,
        signer_position="руководитель отдела " * 6,
        issuer="Муниципальное бюджетное учреждение " * 5,
    )

    assert pages(pdf) == 1


def test_titles_of_lessons_of_any_length_stay_on_the_page(make):
    title = "Решение проблем школы без дополнительных ресурсов " * 4
    modules = [
        MODULE | {"position": n, "title": title, "work": "none"} for n in range(13)
    ]

    assert pages(make(modules=modules)) == 1


def test_path_shows_the_works_that_counted(make):
    modules = [MODULE | {"position": n, "work": "accepted"} for n in range(1, 10)]
    excused = [*modules[:7], modules[7] | {"work": "excused"}, modules[8]]

    assert make(modules=modules) != make(modules=excused)


def test_picture_of_a_signature_is_printed_and_named(make):
    sha256 = store_bytes(INK).sha256

    pdf = make(signature_sha256=sha256)

    assert pages(pdf) == 1
    assert b"/Subtype/Image" in pdf
    assert pdf != make()


def test_letter_that_no_font_has_is_named(make):
    with pytest.raises(RuleError, match="знак «\ua64b»"):
        make("Иванов \ua64b Пётр")


def test_strange_letter_takes_its_neighbours_along():
    assert paper._fonts_for("Ҟорчак")[0] == "Libertinus Serif"
    assert paper._fonts_for("Қайрат № 5")[0] == "Onest"
