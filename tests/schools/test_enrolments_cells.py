"""Cells as people fill them: addresses, positions and names of every kind."""

import pytest

from lms.schools.enrolments.plan import make_plan
from lms.schools.enrolments.tables import read_table
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.teams.models import Position
from tests.lists import SCHOOL, as_csv, line, people

pytestmark = pytest.mark.usefixtures("cohort")

EMAIL = "romashkina@example.org"


@pytest.fixture
def judge(cohort):
    """Return a function that gives the verdict on one line."""

    def verdict(*cells, **facts):
        content = as_csv(people(line(*cells, **facts)))
        (found,) = make_plan(read_table(content).lines, cohort).findings
        return found

    return verdict


@pytest.mark.parametrize(
    "cell",
    [
        "romashkina@example.org, anna@example.org",
        "romashkina@example.org; anna@example.org",
        "Анна <romashkina@example.org>",
        "Anna Romashkina <romashkina@example.org>;",
        "romashkina@example.org / 8-900-123-45-67",
        "romashkina@example.org ROMASHKINA@example.org",
        "\u200bromashkina@example.org\u00a0",
        "'romashkina@example.org",
        "romashkina@example.org’",
    ],
)
def test_address_is_found_in_its_cell(judge, cell):
    found = judge(email=cell)

    assert found.entry.email == EMAIL
    assert bool(found.warnings) is (", anna" in cell or "; anna" in cell)


@pytest.mark.parametrize(
    ("email", "letters"),
    [("rоmashkina@example.org", "о"), ("lipatov@ехample.org", "е, х")],
)
def test_address_of_two_alphabets_is_refused_with_the_letters(judge, email, letters):
    found = judge(email=email)

    assert found.verdict is Verdict.REFUSED
    assert f"русские буквы среди латинских ({letters})" in found.reason


def test_name_and_school_of_two_alphabets_are_taken_with_a_warning(judge):
    found = judge("Pомашкина Анна", team=["Шкoла № 7", *SCHOOL[1:]])

    assert found.verdict is Verdict.NEW
    assert found.warnings == [
        "в слове «Pомашкина» латинские буквы среди русских (P)",
        "в слове «Шкoла» латинские буквы среди русских (o)",
    ]


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("Заместитель директора по воспитательной работе", Position.DEPUTY),
        ("зам. директора по ВР", Position.DEPUTY),
        ("учитель начальных классов", Position.TEACHER),
        ("советник директора по воспитанию", Position.TEACHER),
        ("классный руководитель", Position.TEACHER),
        ("педагог-психолог", Position.TEACHER),
        ("родитель (мама 5А)", Position.PARENT),
        ("Выпускник 2019 г.", Position.GRADUATE),
        ("социальный партнёр", Position.PARTNER),
        ("и.о. директора", Position.HEAD),
        ("Учитель/родитель", Position.TEACHER),
        ("методист", Position.TEACHER),
        ("ЗДУВР", Position.DEPUTY),
        ("учит. нач. кл.", Position.TEACHER),
        ("соц. педагог", Position.TEACHER),
        ("Советник по воспитанию", Position.TEACHER),
        ("представитель родительской общественности", Position.PARENT),
        ("Директор МБОУ СОШ № 5", Position.HEAD),
        ("дир. школы", Position.HEAD),
        ("уч. истории", Position.TEACHER),
        ("уч-ль химии", Position.TEACHER),
        ("преп. ОБЖ", Position.TEACHER),
        ("пед.-психолог", Position.TEACHER),
        ("род. комитет", Position.PARENT),
        ("вып. 2019 г.", Position.GRADUATE),
    ],
)
def test_position_is_understood_as_schools_write_it(judge, written, position):
    found = judge(position=written)

    assert found.entry.position is position


@pytest.mark.parametrize(
    "written",
    [
        "ученик",
        "уч. 9 класса",
        "уч-ся",
        "уч-ца 7 кл.",
        "завхоз",
        "директор музея",
        "директор ООО «Луч»",
    ],
)
def test_position_that_is_none_of_ours_is_refused(judge, written):
    found = judge(position=written)

    assert f"«{written}» не подходит" in found.reason


@pytest.mark.parametrize(
    ("written", "name", "warning"),
    [
        ("Ромашкина А.П.", "Ромашкина А.П.", "инициалы"),
        ("ромашкина анна", "Ромашкина Анна", "строчными"),
        ("РОМАШКИНА АННА", "Ромашкина Анна", "заглавными"),
        ("ИВАНОВА-ПЕТРОВА Мария", "Иванова-Петрова Мария", "запишем «Иванова-Пет"),
        ("Оглы Рашид Мамед-оглы", "Оглы Рашид Мамед-оглы", ""),
        ("Анна Сергеевна Ветрова", "Ветрова Анна Сергеевна", "запишем «Ветрова"),
        ("O’Брайен Шон", "O’Брайен Шон", "латинские буквы среди русских (O)"),
        ("Иванова (Петрова) Мария", "Иванова (Петрова) Мария", "скобки"),
        ("Иванова Мария, 8-900-000-00-00", "Иванова Мария", "телефон 8-900-000-00-00"),
        ("Иванов Иван т.89001234567", "Иванов Иван", "телефон т.89001234567"),
        ("1. Ромашкина Анна", "Ромашкина Анна", "запишем «Ромашкина Анна»"),
        ("Рома\u0301шкина Анна", "Ромашкина Анна", "запишем «Ромашкина Анна»"),
        ("Ромашкина Анна - капитан", "Ромашкина Анна - капитан", "«капитан»"),
        ("Мамин -Сибиряк Дмитрий", "Мамин-Сибиряк Дмитрий", "запишем «Мамин-"),
        ("Ромашкина Анна Петровна.", "Ромашкина Анна Петровна", "запишем «Ромашк"),
        ("Петрова-водкина Анна", "Петрова-водкина Анна", "«водкина»"),
        ("РомашкинаАнна Петровна", "РомашкинаАнна Петровна", "«РомашкинаАнна»"),
        ("МакКензи Джон", "МакКензи Джон", ""),
        ("ИП Иванов Иван", "ИП Иванов Иван", "«ИП»"),
        ("Мама Иванова Анна", "Мама Иванова Анна", "«Мама»"),
        ("Ли Анна", "Ли Анна", ""),
        ("Отцов Пап Замятин", "Отцов Пап Замятин", ""),
        ("Мария 🙂 Иванова", "Мария Иванова", "лишние знаки: 🙂"),
    ],
)
def test_name_unfit_for_a_certificate_is_warned_about(judge, written, name, warning):
    found = judge(written)

    assert found.entry.full_name == name
    assert warning in "; ".join(found.warnings)
    assert bool(found.warnings) is bool(warning)


@pytest.mark.parametrize(
    "mark", ["-//-", "—", '"', "то же", "#Н/Д", "#REF!", "#ССЫЛКА!"]
)
def test_mark_instead_of_a_name_makes_no_school_and_no_team(judge, mark):
    found = judge(team=[mark, SCHOOL[1], "", "7"])

    assert found.reason == f"«{mark}» – напишите название в каждой строке"


@pytest.mark.parametrize("name", ["7", "№ 7", "🔥", "А+", "#ВМЕСТЕ!"])
def test_team_may_be_called_almost_anything(judge, name):
    assert judge(team=[*SCHOOL[:3], name]).verdict is Verdict.NEW


@pytest.mark.parametrize(
    ("written", "is_captain"),
    [("Капитан команды", True), ("Да.", True), ("участник", False), ("—", False)],
)
def test_captain_is_understood_in_words(judge, written, is_captain):
    assert judge(captain=written).entry.is_captain is is_captain


def test_deputy_of_somebody_else_is_asked_about(judge):
    found = judge(position="заместитель главы администрации")

    assert "понято как «заместитель директора»" in "; ".join(found.warnings)
