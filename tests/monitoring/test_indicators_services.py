"""Schools send numbers and correct them; coordinators accept them or ask."""

from datetime import date, timedelta

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.monitoring.indicators import asking, deadlines
from lms.monitoring.indicators.aiming import aim_of, set_aim
from lms.monitoring.indicators.catalogue import OFFERS
from lms.monitoring.indicators.choosing import (
    begin_counting,
    counted_now,
    end_counting,
    reword,
    settle_indicators,
)
from lms.monitoring.indicators.deadlines import asked_period, before_of
from lms.monitoring.indicators.figures import indicators_of
from lms.monitoring.indicators.models import (
    Count,
    Indicator,
    Measurement,
    MeasurementDecision,
    Source,
)
from lms.monitoring.indicators.services import (
    Entry,
    accept_measurements,
    return_measurement,
    send_measurements,
    versions_of,
)
from tests.conftest import copies_of, count, letters
from tests.measurements import measure, offer


@pytest.fixture
def sent(parents, team, captain):
    return measure(team.school, parents, 12, 90, author=captain)


def test_a_correction_is_another_version(sent, parents, team, captain):
    corrected = measure(team.school, parents, 13, 90, author=captain)

    assert [one.numerator for one in versions_of(sent)] == [13, 12]
    assert (corrected.number, corrected.state) == (2, "прислано")


def test_the_same_number_again_is_no_other_version(sent, parents, team, captain):
    measure(team.school, parents, 12, 90, author=captain)

    assert count(Measurement) == 1


def test_whoever_is_slower_sees_both_numbers(sent, parents, team, captain):
    stale = Entry(parents, Count(20, 90), seen=0)

    with pytest.raises(RuleError, match="12 из 90"):
        send_measurements(team.school, asked_period(), [stale], author=captain)
    assert count(Measurement) == 1


def test_two_who_send_at_once_are_one_after_the_other(parents, team, captain, race):
    school, indicator, author = (
        copies_of(one) for one in (team.school, parents, captain)
    )

    def send(part):
        entry = Entry(indicator(), Count(part, 90))
        return send_measurements(school(), asked_period(), [entry], author=author())

    answers = race(lambda: send(12), lambda: send(13))

    assert sorted(isinstance(one, RuleError) for one in answers) == [False, True]
    assert count(Measurement) == 1


def test_number_is_returned_with_a_question_and_accepted_when_answered(
    sent, parents, team, captain, admin
):
    return_measurement(sent, question="Это за всю школу?", seen=0, actor=admin)
    db.session.refresh(sent)
    assert sent.state == "вернули с вопросом"

    answered = measure(team.school, parents, 12, 90, author=captain, note="Да, за всю.")
    assert (answered.number, answered.state) == (2, "прислано")

    assert accept_measurements([answered], actor=admin) == 1
    db.session.refresh(answered)
    assert answered.state == "принято"


def test_question_reaches_whoever_sent_the_number(sent, admin):
    return_measurement(sent, question="Это за всю школу?", seen=0, actor=admin)

    (letter,) = letters()
    assert letter["to"] == "captain@example.org"
    assert "Это за всю школу?" in letter["text"]
    assert f"/indicators/schools/{sent.school_id}?period=" in letter["text"]


def test_former_version_is_neither_accepted_nor_returned(
    sent, parents, team, captain, admin
):
    measure(team.school, parents, 13, 90, author=captain)

    assert accept_measurements([sent], actor=admin) == 0
    with pytest.raises(RuleError, match="прислала другое число"):
        return_measurement(sent, question="Почему?", seen=0, actor=admin)


def test_two_decisions_at_once_are_one(sent, admin, race):
    measurement, actor = copies_of(sent), copies_of(admin)

    def ask(question):
        return_measurement(measurement(), question=question, seen=0, actor=actor())

    answers = race(lambda: ask("Почему?"), lambda: ask("Откуда?"))

    assert sorted(isinstance(one, RuleError) for one in answers) == [False, True]
    assert count(MeasurementDecision) == 1


def test_school_is_silent_until_all_its_numbers_are_there(
    team, captain, coordinator, monkeypatch
):
    settle_indicators()
    monkeypatch.setattr(asking, "REMINDED", timedelta(days=400))
    counted = [one for one in counted_now().values() if one.source is Source.SCHOOL]
    silent = []

    for one in counted:
        silent.append(len(asking.silent_schools(coordinator)))
        whole = 9 if one.is_share else None
        measure(team.school, one, 3, whole, author=captain)

    assert silent == [1] * len(counted)
    assert asking.silent_schools(coordinator) == []


def test_start_page_tells_a_captain_what_is_due(
    parents, team, captain, member, sign_in, monkeypatch
):
    monkeypatch.setattr(asking, "REMINDED", timedelta(days=400))
    browser = sign_in(captain)
    assert "осталось 4\u00a0показателя" in browser.get("/home/").text
    assert "Показатели школы" not in sign_in(member).get("/home/").text

    sent = measure(team.school, parents, 12, 90, author=captain)
    return_measurement(sent, question="Это за всю школу?", seen=0, actor=captain)

    page = browser.get("/home/").text
    assert "осталось 3\u00a0показателя" in page
    assert "У координатора 1\u00a0вопрос" in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 10), "Пришлите до 15 января"),
        (date(2026, 5, 25), "Срок был 20 мая, прислать можно и сейчас"),
    ],
)
def test_card_of_numbers_asks_by_no_day_that_is_over(app, monkeypatch, day, words):
    monkeypatch.setattr(deadlines, "today", lambda: day)
    period = deadlines.asked_period()

    figures = asking.Owed(period, deadlines.due_of(period), missing=4, questions=0)

    card = app.jinja_env.get_template("overview/home/_figures.html")
    with app.test_request_context():
        assert words in card.render(figures=figures).replace("\xa0", " ")


def test_target_of_whoever_was_faster_stays(parents, team, admin):
    values = {"baseline": 8, "baseline_on": None, "target": 15, "due_on": None}
    set_aim(parents, team.school, base_version=0, actor=admin, **values)

    with pytest.raises(RuleError, match="цель уже изменили"):
        set_aim(parents, team.school, base_version=0, actor=admin, **values)
    assert aim_of(parents, team.school).target == 15


def test_site_begins_with_the_basic_indicators_once(app):
    settle_indicators()
    settle_indicators()

    assert set(counted_now()) == {one.key for one in OFFERS if one.is_basic}


def test_school_is_asked_for_seven_numbers_at_most(parents, admin):
    begin_counting(offer("quality"), actor=admin)

    with pytest.raises(RuleError, match="больше 7"):
        begin_counting(offer("clubs"), actor=admin)
    assert "clubs" not in counted_now()


def test_other_words_are_another_indicator(parents, admin):
    changed = reword(parents, title="Доля активных родителей", actor=admin)

    shown = indicators_of(asked_period())
    assert changed in shown
    assert parents not in shown
    assert parents in indicators_of(before_of(asked_period()))


def test_words_change_with_the_next_half_year_once_somebody_answered(
    sent, parents, admin
):
    changed = reword(parents, title="Доля активных родителей", actor=admin)

    assert parents in indicators_of(asked_period())
    assert changed not in indicators_of(asked_period())


def test_indicator_that_ended_may_begin_again_and_is_there_once(parents, admin):
    end_counting(parents, actor=admin)
    begin_counting(offer("parents"), actor=admin)

    shown = [one.key for one in indicators_of(asked_period())]
    assert shown.count("parents") == 1
    assert count(Indicator) == len([one for one in OFFERS if one.is_basic]) + 1
