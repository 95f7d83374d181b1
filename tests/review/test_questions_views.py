"""The pages on which people ask about a lesson, and the lesson itself."""

import pytest

from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.review.questions.models import Question, Shared
from lms.review.questions.services import ask, withdraw_shared
from tests.conftest import count
from tests.questions import ANCHOR, HEADING, republish
from tests.sample_course import LESSON

LESSON_URL = "/modules/nastavnichestvo/"
ASK = "/questions/nastavnichestvo/ask"
WAY = f"{ASK}?at={ANCHOR}"


@pytest.fixture
def reader(sign_in, member, module):
    return sign_in(member)


def test_each_heading_of_a_lesson_leads_to_a_form_about_it(reader):
    page = reader.get(LESSON_URL).text
    form = reader.get(WAY).text

    assert page.count("Спросить об этом месте") == LESSON.count("\n## ")
    assert f'<h2 id="{ANCHOR}">Начните с запроса</h2><p class="ask' in page
    assert f'href="{WAY}"' in page
    assert f'<option selected value="{ANCHOR}">Начните с запроса</option>' in form


def test_nobody_is_asked_to_ask_who_may_not(
    sign_in, guest, module, tutor, member, cohort
):
    as_tutor = sign_in(tutor).get(LESSON_URL).text
    cohort.state = CohortState.CLOSED
    db.session.commit()
    after_all = sign_in(member).get(LESSON_URL).text

    assert "Спросить об этом месте" not in as_tutor + after_all


def test_question_goes_its_way(reader, sign_in, tutor, captain, other):
    form = {"place": ANCHOR, "text": "Чьи это <b>слова</b>?"}
    where = reader.post(ASK, data=form).location
    as_tutor = sign_in(tutor)
    listed = as_tutor.get("/threads/").text
    as_tutor.post(where, data={"text": "Учеников."})

    page = sign_in(captain).get(where).text
    assert f'href="{where}"' in listed
    assert "вопрос о занятии" in listed
    assert "Чьи это &lt;b&gt;слова&lt;/b&gt;?" in page
    assert "Учеников." in page
    assert sign_in(other).get(where).status_code == 404


@pytest.mark.parametrize("text", ["", "ы" * 2001])
def test_refused_question_comes_back(reader, text):
    page = reader.post(ASK, data={"place": ANCHOR, "text": text}).text

    assert "Не получилось" in page
    assert text in page
    assert count(Question) == 0


def test_question_about_a_heading_that_is_gone_keeps_its_words(reader):
    page = reader.post(ASK, data={"place": "net", "text": "Сколько запросов?"}).text

    assert "Этого места в занятии больше нет" in page
    assert "Сколько запросов?" in page


def test_asker_does_not_answer_themselves(reader, question):
    answer = reader.post(f"/questions/{question.id}/", data={"text": "Пять."})

    assert answer.status_code == 403


def test_general_answer_stands_below_the_lesson_without_names(
    sign_in,
    other,
    shared,
    member,
):
    page = sign_in(other).get(LESSON_URL).text

    assert "Уже спрашивали" in page
    assert "Сколько нужно?" in page
    assert member.full_name not in page
    assert "Пяти хватит." not in page


def test_removed_section_is_read_as_it_was(sign_in, other, shared):
    before, rest = LESSON.split(HEADING)
    republish(before + rest[rest.index("## Кого звать") :])
    browser = sign_in(other)

    lesson = browser.get(LESSON_URL).text
    place = browser.get(f"/questions/{shared.id}/place").text

    assert ">Раньше</h3>" in lesson
    assert f'href="/questions/{shared.id}/place"' in lesson
    assert "Попросите каждого закончить фразу" in place


def test_kept_lesson_is_asked_for_anew_when_general_answers_change(
    sign_in,
    other,
    answered,
    tutor,
):
    browser, url = sign_in(other), f"/questions/{answered.id}/"
    seen = [browser.get(LESSON_URL).headers["ETag"]]
    words = {"wording": "Сколько?", "answer": "Пять."}
    for step in (f"{url}share", f"{url}share", f"{url}withdraw-shared"):
        sign_in(tutor).post(step, data=words)
        again = browser.get(LESSON_URL, headers={"If-None-Match": seen[-1]})
        assert again.status_code == 200
        seen.append(again.headers["ETag"])

    assert len(set(seen)) == 4


def test_lesson_with_general_answers_costs_as_many_statements_once_they_are_read(
    sign_in,
    other,
    shared,
    count_statements,
):
    browser = sign_in(other)
    known = {"If-None-Match": browser.get(LESSON_URL).headers["ETag"]}

    with count_statements() as whole:
        browser.get(LESSON_URL)
    with count_statements() as same:
        assert browser.get(LESSON_URL, headers=known).status_code == 304

    # One of the whole page asks for the practices below the lesson.
    assert (len(whole), len(same)) == (3, 2)


def test_author_sees_which_headings_are_asked_about(
    sign_in,
    admin,
    question,
    module,
    team,
    captain,
):
    ask(module.current_revision, ANCHOR, "Ещё?", author=captain, team=team)

    page = sign_in(admin).get("/questions/nastavnichestvo/").text

    assert "О чём спрашивают чаще" in page
    assert '<th scope="row">Начните с запроса</th><td class="cell--right">2' in page


def test_list_costs_the_same_with_more_questions(
    sign_in,
    tutor,
    question,
    module,
    team,
    captain,
    count_statements,
):
    def cost(address):
        with count_statements() as statements:
            browser.get(address)
        return len(statements)

    browser, addresses = sign_in(tutor), ("/threads/", "/questions/nastavnichestvo/")
    before = [cost(address) for address in addresses]
    for number in range(5):
        ask(module.current_revision, ANCHOR, f"{number}?", author=captain, team=team)

    assert [cost(address) for address in addresses] == before


def test_shared_form_begins_with_the_answer_and_is_recorded(
    sign_in,
    tutor,
    admin,
    answered,
):
    url = f"/questions/{answered.id}/share"
    form = sign_in(tutor).get(url).text
    sign_in(tutor).post(url, data={"wording": "Сколько?", "answer": "Пять."})

    journal = sign_in(admin).get("/audit/").text
    assert "Пяти хватит." in form
    assert "общий ответ появился под занятием" in journal
    withdraw_shared(answered, tutor=tutor)
    assert count(Shared) == 0
