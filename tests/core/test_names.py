"""Names of people: the order of documents, short forms, spellings in lists."""

import pytest

from lms.core.names import family_first, folded_name, initials, short_name, spellings

WHOLE = "Громов Илья Петрович"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Анна Сергеевна  Ветрова", "Ветрова Анна Сергеевна"),
        ("Ветрова Анна Сергеевна", "Ветрова Анна Сергеевна"),
        ("Абрамович Роман Ильич", "Абрамович Роман Ильич"),
        ("Роман Ильич Абрамович", "Роман Ильич Абрамович"),
        ("Ли Вей", "Ли Вей"),
    ],
)
def test_family_name_comes_first_where_the_patronymic_shows_the_order(typed, stored):
    assert family_first(typed) == stored


@pytest.mark.parametrize(
    "written",
    ["громов и. п.", "И.П. Громов", "Илья Громов", "ГРОМОВ ИЛЬЯ", "Громов И.", WHOLE],
)
def test_list_may_name_a_person_in_many_ways(written):
    assert folded_name(written) in spellings(WHOLE)


def test_another_person_of_the_family_is_not_meant():
    assert folded_name("Громов А. П.") not in spellings(WHOLE)


def test_name_is_shortened():
    assert (initials(WHOLE), short_name(WHOLE)) == ("ГИ", "Илья Громов")


def test_number_of_an_erased_person_is_said_whole():
    assert short_name("Удалённый участник № 12") == "Удалённый участник № 12"
