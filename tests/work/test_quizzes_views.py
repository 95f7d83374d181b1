import pytest

from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.work.quizzes.models import QuizResult
from lms.work.quizzes.services import best_percent, store_result
from tests.sample_course import QUIZ, files_without, import_module

URL = "/quizzes/nastavnichestvo/"
RIGHT = {"question-1": "2", "question-2": ["1", "2"]}
HALF = {"question-1": "2", "question-2": ["1"]}


@pytest.fixture
def reader(sign_in, member, module):
    return sign_in(member)


def results():
    return db.session.scalars(db.select(QuizResult).order_by(QuizResult.id)).all()


def test_questions_stand_on_one_page(reader):
    page = reader.get(URL).text

    for words in ("С чего начать?", "один свободный вечер", "Верных ответов несколько"):
        assert words in page
    assert "Для сертификата нужно 70" in page
    assert "Уже видно, кого искать" not in page


@pytest.mark.parametrize(("answers", "percent"), [(RIGHT, 100), (HALF, 50)])
def test_answers_are_graded_and_kept(reader, answers, percent):
    answer = reader.post(URL, data=answers)

    (result,) = results()
    assert answer.location == f"/quizzes/results/{result.id}"
    assert (result.percent, result.answers["1"]) == (percent, [2])


def test_result_explains_every_option(reader):
    page = reader.post(URL, data=HALF, follow_redirects=True).text

    for words in ("Так пары получаются", "Уже видно, кого искать", "Он обязывает"):
        assert words in page
    assert page.count("Ваш ответ.") == 2
    assert 'tabindex="-1" autofocus' in page
    assert "не совсем" in page
    assert "Для сертификата нужно 70" in page


def test_best_result_counts(reader, member, module):
    reader.post(URL, data=RIGHT)
    page = reader.post(URL, data=HALF, follow_redirects=True).text

    assert best_percent(member, [module.id]) == {module.id: 100}
    assert "лучший результат — 100" in page
    assert "Самопроверка засчитана" in page


def test_question_without_an_answer_keeps_the_others(reader):
    page = reader.post(URL, data={"question-2": ["1", "3"]}).text

    assert 'href="#question-1"' in page
    assert page.count(" checked") == 2
    assert results() == []


def test_strange_options_are_no_answers(reader):
    page = reader.post(URL, data={"question-1": "9", "question-2": "x"}).text

    assert page.count('<li><a href="#question-') == 2


def test_second_option_of_a_single_question_is_ignored(reader):
    reader.post(URL, data=RIGHT | {"question-1": ["1", "2"]})

    assert results()[0].answers["1"] == [1]


def test_questions_that_were_seen_are_the_ones_graded(reader, module):
    seal = reader.get(URL).text.partition('name="seal" value="')[2].partition('"')[0]
    shuffled = QUIZ.replace("[x] Спросить", "[ ] Спросить").replace(
        "[ ] Собрать", "[x] Собрать"
    )
    publish(import_module(files=files_without(quiz=shuffled)), actor=None)

    reader.post(URL, data=RIGHT | {"seal": seal})

    assert results()[0].percent == 100


def test_forged_seal_is_refused(reader):
    assert reader.post(URL, data=RIGHT | {"seal": "1.x"}).status_code == 400


def test_result_is_for_oneself(reader, sign_in, other, tutor, module, member):
    answers = {1: {2}, 2: {1, 2}}
    result = store_result(module.current_revision, user=member, answers=answers)

    for person in (other, tutor):
        assert sign_in(person).get(f"/quizzes/results/{result.id}").status_code == 404


def test_module_without_a_quiz_has_no_page(reader, module):
    publish(import_module(files=files_without("quiz.md")), actor=None)

    assert reader.get(URL).status_code == 404


def test_result_of_a_withdrawn_module_stays(reader, module):
    location = reader.post(URL, data=RIGHT).location
    publish(import_module(files=files_without("quiz.md")), actor=None)

    assert reader.get(location).status_code == 200
