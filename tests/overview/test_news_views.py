"""What is new to a participant: counted in the header, told on the start page."""

import re
from datetime import timedelta
from functools import partial

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.services import mark_read, publish
from lms.overview.news.models import Glance, Topic
from lms.overview.news.news import news_of
from lms.overview.news.services import mark_opened
from lms.overview.news.services import mark_seen as mark_news_seen
from lms.review.appeals.models import Decision
from lms.review.appeals.services import ask_to_look_again, decide_appeal
from lms.review.deferrals.services import ask, grant
from lms.review.moderation.models import Opinion, Reading
from lms.review.reviews.deciding import decide
from lms.review.reviews.models import Cause, Verdict
from lms.review.reviews.reversals import accept_after_all
from lms.review.threads.services import mark_seen, write_message
from lms.schools.meetings.services import Arrangement, cancel_meeting, create_meeting
from lms.schools.teams.models import Membership
from lms.work.submissions.services import start_submission
from tests.conftest import count
from tests.sample_course import LESSON, files_without, import_module
from tests.works import accept, judged, send, send_back

COUNT = re.compile(r", новое: </span>(\d+)<")
PLAIN = "/teams/mine"
READING = "/modules/nastavnichestvo/"


@pytest.fixture(autouse=True)
def here_for_long(team, captain, member):
    """Let the people of the team be here since before the story."""
    for membership in db.session.query(Membership):
        membership.joined_at = utcnow() - timedelta(days=30)
    db.session.commit()


@pytest.fixture
def returned(module, captain, team, tutor):
    """A work of the team that came back."""
    return send_back(send(module, captain, team), tutor, "Назовите запросы.")


@pytest.fixture
def work(returned):
    return returned.attempt.submission


@pytest.fixture
def reader(sign_in, member):
    """The browser of somebody of the team."""
    return sign_in(member)


def shown(browser, path="/plans/mine"):
    """Return how much is new, as the header of a page says it."""
    found = COUNT.search(browser.get(path, follow_redirects=True).text)
    return int(found[1]) if found else 0


def answer(work, tutor, text="Да, хватит."):
    return write_message(work, text, author=tutor, seen=0, form_key=text)


def test_nothing_is_new_to_a_team_that_has_not_begun(reader, module):
    assert shown(reader) == 0
    assert "Новое:" not in reader.get("/home/").text


def test_returned_work_is_counted_and_told(reader, work):
    assert shown(reader) == 1

    page = reader.get("/home/").text

    assert "Вернули на доработку: 4. Наставничество" in page
    assert "Назовите запросы." in page


def test_start_page_shows_news_once_as_new(reader, work):
    reader.get("/home/")

    page = reader.get("/home/").text

    assert shown(reader) == 0
    assert "Что было за две недели: 1" in page


def test_all_that_is_new_is_told_however_much_it_is(reader, team, tutor, captain):
    meet = partial(Arrangement, minutes=60, place="Школа", link="")
    for number in range(25):
        arrangement = meet(f"Встреча {number}", utcnow() + timedelta(days=2))
        create_meeting(team.cohort, team, arrangement, actor=tutor)

    page = reader.get("/home/").text

    assert "Новое: 25" in page
    assert sum(f"Встреча {number}<" in page for number in range(25)) == 25


def test_opening_the_work_clears_its_news(reader, work):
    reader.get(f"/submissions/{work.id}/", follow_redirects=True)

    assert shown(reader) == 0
    assert "Новое:" not in reader.get("/home/").text


def test_page_that_clears_news_counts_them_no_more(reader, work):
    assert shown(reader, f"/submissions/{work.id}/") == 0


def test_what_came_after_opening_is_new_again(reader, work, tutor):
    reader.get(f"/submissions/{work.id}/", follow_redirects=True)

    answer(work, tutor)

    assert shown(reader) == 1


def test_news_are_each_persons_own(reader, sign_in, captain, work):
    reader.get("/home/")

    assert shown(sign_in(captain)) == 1


def test_other_teams_learn_nothing(sign_in, other, work):
    assert shown(sign_in(other)) == 0


def test_who_came_later_has_no_old_news(reader, member, work):
    membership = db.session.query(Membership).filter_by(user_id=member.id).one()
    membership.joined_at = utcnow()
    db.session.commit()

    assert shown(reader) == 0


def test_answer_that_was_read_is_not_new(reader, member, work, tutor):
    reader.get("/home/")
    message = answer(work, tutor)
    assert shown(reader) == 1

    mark_seen(work, reader=member, up_to=message.id)

    assert shown(reader) == 0


def test_decision_that_turned_is_news(reader, returned, tutor):
    reader.get("/home/")
    accept_after_all(returned, cause=Cause.NEW_LOOK, words="Верно.", actor=tutor)
    db.session.commit()

    assert "Зачли после пересмотра: 4. Наставничество" in reader.get("/home/").text


def test_decision_that_was_kept_is_news(reader, returned, captain, tutor2):
    appeal = ask_to_look_again(
        returned,
        "Пятеро названы под таблицей, по одному на каждую группу, смотрите ещё раз",
        member=captain,
    )
    words = "Названы не все, кто просил помощи: двоих нет ни в таблице, ни под ней."
    decide_appeal(appeal, decision=Decision.KEPT, words=words, tutor=tutor2)

    page = reader.get("/home/").text

    assert "Пересмотрели, решение оставили: 4. Наставничество" in page
    assert words in page


def test_verdict_that_may_be_undone_is_no_news(
    app, reader, module, captain, team, tutor
):
    app.config["LMS_UNDO_SECONDS"] = 60
    attempt = send(module, captain, team)

    decide(attempt, judged(), verdict=Verdict.ACCEPTED, tutor=tutor)

    assert shown(reader) == 0
    assert "Новое:" not in reader.get("/home/").text


def test_second_reading_is_no_news(
    reader, module, captain, team, tutor, tutor2, cohort
):
    cohort.second_share = 100
    accept(send(module, captain, team), tutor)
    reader.get("/home/")
    [reading] = db.session.query(Reading)
    facts = {"levels": [], "points": 0, "verdict": Verdict.RETURNED, "words": "-"}
    db.session.add(Opinion(reading=reading, reader=tutor2, differs=True, **facts))
    db.session.commit()

    assert shown(reader) == 0


def test_more_days_are_news(reader, module, captain, team, tutor):
    work = start_submission(module, user=captain, team=team)
    later = work.due_on + timedelta(days=5)
    asked = ask(work, wanted_on=later, reason="Карантин.", member=captain)

    grant(asked, granted_on=later, answer="Хорошо.", tutor=tutor)

    assert "Срок продлён: 4. Наставничество" in reader.get("/home/").text


@pytest.fixture
def meeting(team, tutor):
    """A meeting of the team in two days."""
    when = utcnow() + timedelta(days=2)
    arrangement = Arrangement("Встреча пар", when, 60, "Школа № 12", "")
    return create_meeting(team.cohort, team, arrangement, actor=tutor)


def test_meeting_is_news_until_the_calendar_is_opened(reader, meeting):
    assert shown(reader) == 1

    reader.get("/agenda/")

    assert shown(reader) == 0


def test_cancelled_meeting_is_told_as_such(reader, meeting, tutor):
    cancel_meeting(meeting, actor=tutor)

    assert "Встреча отменена: Встреча пар" in reader.get("/home/").text


@pytest.fixture
def changed(module):
    """Return a function that publishes the lesson with another text."""

    def publish_changed():
        text = LESSON.replace("title: Наставничество", "title: Другое название")
        publish(import_module(files=files_without(lesson=text)), actor=None)

    return publish_changed


def test_changed_lesson_is_news_to_who_has_read_it(reader, member, module, changed):
    mark_read(module, user=member, is_read=True)
    changed()

    assert shown(reader) == 1
    assert "Занятие обновили" in reader.get("/home/").text


def test_changed_lesson_is_no_news_to_who_has_not_come_to_it(reader, changed):
    changed()

    assert shown(reader) == 0


def test_opening_the_changed_lesson_clears_it(reader, member, module, changed):
    mark_read(module, user=member, is_read=True)
    changed()

    assert shown(reader, READING) == 0
    assert shown(reader) == 0


def test_lesson_known_to_a_browser_is_sent_anew_with_another_count(
    reader, module, captain, team, tutor
):
    known = {"If-None-Match": reader.get(READING).headers["ETag"]}
    assert reader.get(READING, headers=known).status_code == 304

    accept(send(module, captain, team), tutor)

    page = reader.get(READING, headers=known)
    assert COUNT.search(page.text)[1] == "1"
    again = {"If-None-Match": page.headers["ETag"]}
    assert reader.get(READING, headers=again).status_code == 304


def test_lesson_is_sent_anew_when_a_meeting_has_begun(reader, module, meeting):
    known = {"If-None-Match": reader.get(READING).headers["ETag"]}
    assert reader.get(READING, headers=known).status_code == 304

    meeting.starts_at = utcnow() - timedelta(minutes=1)
    db.session.commit()

    page = reader.get(READING, headers=known)
    assert (page.status_code, COUNT.search(page.text)) == (200, None)


@pytest.mark.parametrize(
    ("method", "headers"),
    [("HEAD", {}), ("GET", {"Sec-Purpose": "prefetch;prerender"})],
)
def test_what_nobody_has_looked_at_stays_new(reader, work, method, headers):
    for path in ("/home/", f"/submissions/{work.id}/"):
        reader.open(path, method=method, headers=headers)

    assert shown(reader) == 1


def test_slow_tab_makes_nothing_new_that_another_has_shown(reader, work, member):
    [membership] = db.session.query(Membership).filter_by(user_id=member.id)
    before, now = news_of(member), utcnow()
    thing = [(Topic.WORK, work.id)]
    mark_opened(member.id, thing, at=now)
    mark_news_seen(membership.id, [before[0]._replace(at=now)])

    mark_opened(member.id, thing, at=now - timedelta(minutes=5))
    mark_news_seen(membership.id, before)

    db.session.expire_all()
    assert membership.news_seen_at == now
    assert db.session.query(Glance).one().seen_at == now


def test_news_cost_a_statement_until_they_are_seen(reader, work, count_statements):
    reader.get(READING)  # a process keeps the text of a lesson
    costs = []
    for path in (READING, "/home/", "/home/", READING):
        with count_statements() as statements:
            reader.get(path)
        costs.append(len(statements))

    assert costs == [3, 14, 13, 2]


def test_who_has_opened_everything_is_behind_until_the_start_page(
    reader, work, count_statements
):
    reader.get(f"/submissions/{work.id}/", follow_redirects=True)

    writes = []
    for _ in range(2):
        with count_statements() as statements:
            reader.get("/home/")
        writes.append(sum(sql.startswith("UPDATE") for sql in statements))

    assert writes == [1, 0]


def test_opening_what_has_no_news_writes_nothing(reader, work):
    for _ in range(2):
        reader.get(f"/submissions/{work.id}/", follow_redirects=True)
        reader.get(READING)

    assert count(Glance) == 1
