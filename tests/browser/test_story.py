"""The way of a team from invitation to certificate, with scripts and without."""

import pytest

from tests.browser import journey

ANNA = ("Седова Анна Викторовна", "writer0@example.org")
OLEG = ("Орлов Олег Сергеевич", "writer1@example.org")


@pytest.fixture
def team(visit, site, scripts):
    """Two people who joined by the link of a cohort that an admin opened by forms."""
    return journey.team_at_work(visit, site, ANNA[0], OLEG[0], scripts=scripts)


def answer(writer):
    """Read the lesson, check oneself and send a first answer with a file."""
    journey.read_lesson(writer)
    journey.pass_self_check(writer)
    journey.begin_work(writer)
    journey.write(writer, "Надо помогать всем.")
    journey.write(writer, "Пока нет.", journey.PAIRS)
    journey.attach(writer)
    journey.send(writer)


def improve(writer):
    """Answer the remarks, tick them and send the second attempt."""
    journey.continue_work(writer)
    journey.write(writer, "Пятеро хотят шить.")
    journey.tick_off(writer, "Связь с запросами", "1 из 2")
    journey.write(writer, "Швея и двое ребят.", journey.PAIRS)
    journey.send_with_doubts(writer, "1\N{NO-BREAK SPACE}замечание без ответа.")


def test_from_invitation_to_certificate(team, visit, site, scripts):
    anna, _ = team
    tutor = visit(scripts=scripts).sign_in("tutor@example.org")
    answer(anna)
    journey.calibrate(tutor)
    journey.give_back(tutor)
    journey.learns_of(anna, "доработ", site, ANNA[1])
    improve(anna)
    journey.take_next(tutor)
    journey.sees_ticks(tutor, "Спросите учеников.")
    journey.accept(tutor)
    journey.learns_of(anna, "зачт", site, ANNA[1])
    journey.issue(tutor)
    code, paper = journey.certificate_of(anna)
    assert paper.startswith(b"%PDF")
    journey.verify(visit(scripts=scripts), code)


def test_two_people_in_one_field(team):
    anna, oleg = team
    journey.read_lesson(anna)
    journey.begin_work(anna)
    journey.sees_nobody(oleg)
    journey.continue_work(oleg)
    journey.write(anna, "Пятеро хотят шить.")

    journey.write_over(oleg, "Трое хотят паять.")
    journey.sees_both(oleg, "Пятеро хотят шить.", "Трое хотят паять.")
    journey.settle(oleg, "Взять этот")

    journey.continue_work(anna)
    field = journey.answer_field(anna).get_by_role("textbox")
    assert field.input_value() == "Трое хотят паять."
