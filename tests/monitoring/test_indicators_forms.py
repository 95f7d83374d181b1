"""The numbers that a school types: what is taken, and what is refused in words."""

import io

import pytest

from lms.monitoring.indicators.models import Measurement, MeasurementFile
from lms.schools.teams.models import Position
from tests.conftest import count, member_of, person
from tests.measurements import settle


@pytest.fixture
def form(parents, school, captain, sign_in):
    """Return a function that sends the form of a school and gives the answer."""
    browser = sign_in(captain)

    def send(part="12", whole="90", **more):
        fields = {"part": part, "whole": whole, "seen": "0"} | more
        data = {f"{name}_{parents.id}": value for name, value in fields.items()}
        return browser.post(f"/indicators/schools/{school.id}", data=data)

    return send


def test_captain_sends_two_numbers(form, sign_in, captain, school):
    answer = form("1 2", "1\u00a0090")

    assert answer.status_code == 302
    page = sign_in(captain).get(answer.location).text
    assert "<strong>12 из 1090</strong>" in page
    assert "прислано" in page


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"part": "100"}, "Здесь 100, а «Родителей в школе всего» — 90."),
        ({"part": "-5"}, "Меньше нуля здесь не бывает."),
        ({"part": "12,5"}, "Людей считают целыми, а здесь 12,5."),
        ({"whole": "90.5"}, "Людей считают целыми, а здесь 90.5."),
        ({"part": "много"}, "Напишите число цифрами"),
        ({"part": "٣"}, "Напишите число цифрами"),
        ({"part": "9" * 12}, "Не больше 999999999"),
        ({"part": ""}, "Здесь пусто, а «Родителей в школе всего» — 90: напишите оба."),
        ({"whole": ""}, "Напишите и второе число: «Родителей в школе всего»."),
        ({"link": "http://school.example.org"}, "она начинается с https://"),
        ({"part": "", "whole": "", "note": "Потом"}, "а числа нет: напишите и его"),
    ],
)
def test_bad_input_is_refused_with_the_words_for_it(form, typed, refusal):
    page = form(**typed)

    assert page.status_code == 200
    assert refusal in page.text
    assert "<title>Не получилось: " in page.text
    assert count(Measurement) == 0


def test_typed_numbers_come_back_when_a_form_is_refused(form):
    page = form("много", "90", note="Без яслей").text

    assert 'value="много"' in page
    assert 'value="90"' in page
    assert 'value="Без яслей"' in page


def test_hours_are_rounded_and_not_called_people(school, captain, sign_in):
    hours = settle("hours")

    data = {f"part_{hours.id}": "2,5"}
    page = sign_in(captain).post(f"/indicators/schools/{school.id}", data=data).text

    assert "Округлите 2,5 до целого." in page


def test_sent_number_is_not_wiped_out(form, school):
    form("12", "90")

    page = form("", "", seen="1").text

    assert "Присланное не стирают" in page
    assert count(Measurement) == 1


def test_document_goes_with_a_number_and_opens_for_the_coordinator(
    form, school, sign_in, coordinator, other
):
    form(file=(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "Список.pdf"))

    assert count(MeasurementFile) == 1
    answers = [
        sign_in(one).get("/indicators/measurements/1/file")
        for one in (coordinator, other)
    ]
    assert [answer.status_code for answer in answers] == [200, 404]


def test_plain_member_reads_and_does_not_send(school, parents, member, sign_in):
    browser, url = sign_in(member), f"/indicators/schools/{school.id}"

    assert "Числа школы присылают капитан" in browser.get(url).text
    assert browser.post(url, data={f"part_{parents.id}": "1"}).status_code == 403


def test_head_of_a_school_sends_as_well(school, parents, team, sign_in):
    head = person("Гусева Нина Фёдоровна", "guseva@example.org")
    member_of(team, head, position=Position.HEAD)

    page = sign_in(head).get(f"/indicators/schools/{school.id}").text

    assert "Отправить числа" in page


def test_own_address_leads_to_the_own_school(school, captain, sign_in):
    answer = sign_in(captain).get("/indicators/mine")

    assert answer.location == f"/indicators/schools/{school.id}"
