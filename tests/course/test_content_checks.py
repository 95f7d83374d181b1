"""Questions of the self-check that a lesson asks where they help."""

import pytest

from lms.course.content.quiz import Question
from tests.course.test_content_module import check, said
from tests.sample_module import spoilt


def asking(*words):
    """What is said of a lesson with these words after its first paragraph."""
    return check(spoilt("lesson.md", "Начало.", "\n\n".join(("Начало.", *words))))


def test_question_stands_where_the_lesson_asks_it():
    module = asking("{check: 1}", "Дальше.").module

    before, question, after = module.lesson_parts
    assert isinstance(question, Question)
    assert question == module.quiz.questions[0]
    assert (before, after[:14]) == ("<p>Начало.</p>\n", "<p>Дальше.</p>")


def test_mark_of_a_question_is_no_word_of_the_lesson():
    module = asking("{check: 1}").module

    assert module.lesson.plain_text.startswith("Начало.\nЗапрос")


def test_lesson_without_questions_is_one_part():
    module = asking().module

    assert module.lesson_parts == [module.lesson.html]


def test_mark_in_code_is_code():
    report = asking("Пишите `{check: 9}`.", "```\n{check: 9}\n```")

    assert said(report) == []
    assert len(report.module.lesson_parts) == 1


@pytest.mark.parametrize(
    ("words", "line", "complaint"),
    [
        (["{check: 9}"], 12, "вопроса 9 нет: в quiz.md 2"),
        (["{check: 0}"], 12, "вопроса 0 нет"),
        (["{check: 1}", "{check: 1}"], 14, "вопрос 1 уже стоит выше"),
        (["Вопрос: {check: 1}"], 12, "отдельной строкой"),
        (["{check: первый}"], 12, "отдельной строкой"),
        (["{check 1}"], 12, "отдельной строкой"),
        (["- {check: 1}"], 12, "отдельной строкой"),
        (["{Check: 1"], 12, "отдельной строкой"),
    ],
)
def test_mark_that_asks_nothing_is_told_with_its_line(words, line, complaint):
    (problem,) = said(asking(*words))

    assert problem.startswith(f"lesson.md:{line}: ")
    assert complaint in problem
