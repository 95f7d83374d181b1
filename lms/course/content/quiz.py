"""`quiz.md`: a self-check with an explanation under every answer."""

import textwrap
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel

from lms.course.content.frontmatter import Source
from lms.course.content.inspection import Inspection
from lms.course.content.questions import (
    RawQuestion,
    check_question,
    numbered,
    split_questions,
)
from lms.course.content.schema import FrontMatter, no_rules, read_front_matter, up_to
from lms.text.stored import plain_text


class QuizFrontMatter(FrontMatter):
    """What an author says about a self-check."""

    title: Annotated[str, up_to(90)]


class Option(BaseModel):
    """One possible answer."""

    id: int
    html: str
    explanation_html: str
    is_right: bool


class Question(BaseModel):
    """One question; `title` is its plain text, `html` the situation under it."""

    id: int
    title: str
    title_html: str
    html: str
    multiple: bool
    options: list[Option]

    @property
    def right(self) -> set[int]:
        return {option.id for option in self.options if option.is_right}


class Quiz(QuizFrontMatter):
    """A self-check as it is stored and shown."""

    questions: list[Question]

    def grade(self, answers: Mapping[int, set[int]]) -> int:
        """Return how many per cent of the questions are answered exactly right.

        Rounded down: 69.9 is not 70.
        """
        right = sum(
            answers.get(question.id, set()) == question.right
            for question in self.questions
        )
        return 100 * right // len(self.questions)


def read_quiz(inspection: Inspection) -> Quiz | None:
    """Read and check `quiz.md`."""
    source = inspection.source("quiz.md")
    if source is None:
        return None
    declared = read_front_matter(QuizFrontMatter, no_rules, source, inspection.problems)
    raw_questions = split_questions(numbered(source), source, inspection)
    if not raw_questions:
        inspection.problems.error(
            source.path, source.body_line, "нет ни одного вопроса: «## Вопрос?»"
        )
    for raw in raw_questions:
        _check_question(raw, source, inspection)
    questions = [
        _render_question(number, raw, source, inspection)
        for number, raw in enumerate(raw_questions, 1)
    ]
    if declared is None:
        return None
    return Quiz(title=declared.title, questions=questions)


def _check_question(raw: RawQuestion, source: Source, inspection: Inspection) -> None:
    if not raw.title:
        message = "вопрос пуст: напишите его после ##"
        inspection.problems.error(source.path, raw.line, message)
    check_question(raw, source, inspection)
    for option in raw.options:
        if not option.is_explained:
            inspection.problems.error(
                source.path,
                option.line,
                "нет пояснения: строкой ниже, с отступом в два пробела, напишите, "
                "почему да или почему нет",
            )


def _render_question(
    number: int, raw: RawQuestion, source: Source, inspection: Inspection
) -> Question:
    title_html = inspection.inline(source, raw.title, raw.line)
    situation = inspection.page(
        source, "\n".join(raw.situation), raw.line + 1, headings=False
    )
    options = [
        Option(
            id=option_number,
            html=inspection.inline(source, option.text, option.line),
            explanation_html=inspection.page(
                source,
                textwrap.dedent("\n".join(option.explanation)).strip(),
                option.line + 1,
                headings=False,
            ).html,
            is_right=option.is_right,
        )
        for option_number, option in enumerate(raw.options, 1)
    ]
    return Question(
        id=number,
        title=plain_text(title_html),
        title_html=title_html,
        html=situation.html,
        multiple=sum(option.is_right for option in options) > 1,
        options=options,
    )
