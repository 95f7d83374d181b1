"""Pages of mentors and requests: journeys, bad input, statements."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, today
from lms.network.mentors.models import Mentor, MentorRequest, RequestState
from tests.conftest import member_of, person
from tests.mentors import (
    TOPIC,
    accepted_request,
    ask_for_help,
    backdated,
    offer_help,
)

OFFER = {
    "topics": "Пары\r\n\r\nСовет выпускников",
    "helps": ["CONSULTATION"],
    "hours_a_month": "4",
    "reach": "REGION",
    "about": "Умею.",
}


def test_member_becomes_a_mentor(sign_in, captain, territory):
    browser = sign_in(captain)

    browser.post("/mentors/me", data=OFFER)

    mentor = db.session.scalars(sa.select(Mentor)).one()
    assert [topic.name for topic in mentor.topics] == ["Пары", "Совет выпускников"]
    assert "Совет выпускников" in browser.get("/mentors/").text


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"topics": "а\nб\nв\nг\nд\nе"}, "Не больше 5 тем"),
        ({"topics": " \n"}, "хотя бы одну тему"),
        ({"topics": "я" * 121}, "не длиннее 120"),
        ({"helps": []}, "хотя бы одно"),
        ({"hours_a_month": "0"}, "от 1 до 40"),
        ({"about": "Пишите: a@b.ru"}, "Уберите «a@b.ru»"),
        ({"about": "Звоните: 8 913 111-22-33"}, "Уберите «8 913 111-22-33»"),
        ({"topics": "Пары, +7 913 111-22-33"}, "Уберите «+7 913 111-22-33»"),
    ],
)
def test_offer_with_a_slip_comes_back(sign_in, captain, change, refusal):
    page = sign_in(captain).post("/mentors/me", data=OFFER | change).text

    assert refusal in page
    assert db.session.scalar(sa.select(Mentor)) is None


def test_page_of_mentors_shows_no_address(sign_in, captain, mentor):
    page = sign_in(captain).get("/mentors/").text

    assert "Юсупова Алия Маратовна" in page
    assert "other@example.org" not in page


def test_request_goes_its_way(sign_in, captain, mentor):
    asker, helper = sign_in(captain), sign_in(mentor.user)
    form = {"topic": TOPIC, "text": "Не выходит."}
    place = asker.post(f"/mentors/{mentor.id}/ask", data=form).location

    helper.post(f"{place}accept", data={"accept-hours": "2", "accept-answer": "Да."})
    meeting = {"day": "2030-01-10", "clock": "17:00", "minutes": "60", "place": "Зал"}
    asker.post(f"{place}meeting", data={f"meeting-{k}": v for k, v in meeting.items()})
    event = helper.get(f"{place}meeting.ics")
    helper.post(f"{place}result", data={"result-result": "Учит сама."})
    asker.post(f"{place}result", data={"result-result": "Пары", "result-rating": "4"})

    asked = db.session.scalars(sa.select(MentorRequest)).one()
    assert (asked.state, asked.rating) == (RequestState.CLOSED, 4)
    assert b"LOCATION:\xd0\x97\xd0\xb0\xd0\xbb" in event.data


def test_rating_is_seen_by_the_coordinator_alone(sign_in, captain, mentor, coordinator):
    asked = accepted_request(captain, mentor)
    asked.rating = 2
    db.session.commit()

    for user, sees in ((captain, False), (mentor.user, False), (coordinator, True)):
        page = sign_in(user).get(f"/mentors/requests/{asked.id}/").text
        assert ("2 из 5" in page) is sees


def test_refused_promise_keeps_what_was_typed(sign_in, captain, mentor):
    asked = ask_for_help(captain, mentor)
    form = {"accept-hours": "9", "accept-answer": "Длинное слово"}

    page = sign_in(mentor.user).post(f"/mentors/requests/{asked.id}/accept", data=form)

    assert "Это больше, чем у наставника осталось" in page.text
    assert "Длинное слово" in page.text


def test_request_is_not_answered_by_whoever_asked(sign_in, captain, mentor):
    asked = ask_for_help(captain, mentor)

    for page in ("accept", "decline", "hand-over"):
        answer = sign_in(captain).post(f"/mentors/requests/{asked.id}/{page}")
        assert answer.status_code == 403


def test_coordinator_reads_the_unanswered_first(
    sign_in, captain, member, mentor, coordinator
):
    accepted_request(captain, mentor, days_ago=20)
    for asker, days, topic in ((member, 2, "Позже"), (captain, 9, "Раньше")):
        ask_for_help(asker, mentor, topic=topic, days_ago=days)

    page = sign_in(coordinator).get("/mentors/requests/").text

    assert page.index("Раньше") < page.index("Позже") < page.index(TOPIC)
    assert page.count("давно без ответа") == 1


def test_coordinator_hands_a_request_over(
    sign_in, captain, mentor, third_mentor, coordinator
):
    asked = ask_for_help(captain, mentor)
    backdated(asked, 15, "asked_at", "held_since")
    place, browser = f"/mentors/requests/{asked.id}/", sign_in(coordinator)

    assert "Гусева Нина Фёдоровна" in browser.get(place).text
    unlooked = browser.post(f"{place}hand-over", data={"hand_over-mentor_id": "0"})
    assert "Выберите, кому передать." in unlooked.text
    form = {"hand_over-mentor_id": third_mentor.id}
    browser.post(f"{place}hand-over", data=form)

    db.session.refresh(asked)
    assert asked.mentor == third_mentor


@pytest.mark.parametrize(
    ("action", "typed"),
    [
        ("accept", {"accept-hours": "1", "accept-answer": "Помогу."}),
        ("decline", {"decline-reason": "Помогу."}),
        ("decline", {"decline-reason": "Помогу." * 200}),
    ],
    ids=["accept", "decline", "too long"],
)
def test_answer_to_a_request_taken_back_meanwhile_is_handed_back(
    sign_in, captain, mentor, action, typed
):
    asked = ask_for_help(captain, mentor)
    sign_in(captain).post(f"/mentors/requests/{asked.id}/take-back")

    place = f"/mentors/requests/{asked.id}/{action}"
    answer = sign_in(mentor.user).post(place, data=typed)

    assert answer.status_code == 409
    assert "с этим запросом уже что-то сделали" in answer.text
    assert "Помогу." in answer.text


@pytest.mark.parametrize("action", ["meeting", "result"])
def test_words_about_a_request_closed_meanwhile_are_handed_back(
    sign_in, captain, mentor, action
):
    asked = accepted_request(captain, mentor)
    sign_in(captain).post(f"/mentors/requests/{asked.id}/take-back")

    typed = {"meeting-day": "2030-01-10", "meeting-clock": "17:00"}
    typed |= {"meeting-minutes": "60", "meeting-place": "Наш зал"}
    typed |= {"result-result": "Наш зал"}
    place = f"/mentors/requests/{asked.id}/{action}"
    answer = sign_in(mentor.user).post(place, data=typed)

    assert answer.status_code == 409
    assert "Наш зал" in answer.text


def test_start_pages_say_what_waits(sign_in, captain, mentor, coordinator):
    ask_for_help(captain, mentor, days_ago=9)

    assert "1\N{NO-BREAK SPACE}запрос ждёт вашего ответа" in start_of(
        sign_in, mentor.user
    )
    waits = "дольше всех 9\N{NO-BREAK SPACE}дней"
    assert waits in start_of(sign_in, coordinator)
    assert waits not in start_of(sign_in, captain)


def test_start_page_names_an_offer_that_ends(sign_in, mentor):
    mentor.active_until = today()
    db.session.commit()

    assert "продлите, если остаётесь" in start_of(sign_in, mentor.user)


def test_author_of_the_lesson_on_mentors_is_invited(sign_in, graduate, territory):
    assert "можете стать наставником" in start_of(sign_in, graduate)

    offer_help(graduate)

    assert "можете стать наставником" not in start_of(sign_in, graduate)


def start_of(sign_in, user):
    return sign_in(user).get("/home/").text


@pytest.mark.parametrize("path", ["/mentors/", "/mentors/requests/"])
def test_statements_do_not_grow_with_rows(
    sign_in, captain, mentor, count_statements, path, other_team
):
    ask_for_help(captain, mentor)
    browser = sign_in(captain)
    browser.get(path)
    with count_statements() as few:
        browser.get(path)
    for n in range(5):
        helper = member_of(other_team, person(f"Наставник {n}", f"n{n}@example.org"))
        ask_for_help(captain, offer_help(helper, TOPIC, f"Тема {n}"))

    with count_statements() as many:
        browser.get(path)

    assert len(many) == len(few)


def test_coordinator_reads_when_a_request_may_be_handed_over(
    sign_in, captain, mentor, coordinator
):
    asked = ask_for_help(captain, mentor, days_ago=9)

    page = sign_in(coordinator).get(f"/mentors/requests/{asked.id}/").text

    assert f"с {day(today() + timedelta(days=5))} запрос можно передать" in page
    assert "Передать другому наставнику" not in page


def test_result_is_asked_openly_only_when_the_meeting_has_begun(
    sign_in, captain, mentor
):
    asked, browser = accepted_request(captain, mentor), sign_in(captain)
    asked.state, asked.meets_at = RequestState.ARRANGED, utcnow() + timedelta(days=1)
    db.session.commit()
    url = f"/mentors/requests/{asked.id}/"
    assert "Уже встретились?" in browser.get(url).text

    backdated(asked, 1, "meets_at")

    assert "Чем кончился запрос" in browser.get(url).text


@pytest.mark.parametrize("path", ["/pairs/", "/mentors/requests/"])
def test_header_marks_the_section_of_mentors(sign_in, captain, path):
    page = sign_in(captain).get(path).text

    assert 'href="/mentors/" aria-current="true"' in page
