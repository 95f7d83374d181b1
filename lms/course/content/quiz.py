"""`quiz.md`: a self-check with an explanation under every answer."""

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel

from lms.course.content.frontmatter import Source
from lms.course.content.inspection import Inspection
from lms.course.content.schema import FrontMatter, no_rules, read_front_matter, up_to
from lms.text.stored import plain_text

_QUESTION = re.compile(r"##(?!#)\s*(.*)")
_OPTION = re.compile(r"[-*+] ?\[(.?)\](.*)")
_RIGHT = "xXхХ"  # Latin and Cyrillic: the same key on a Russian keyboard


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


@dataclass
class _RawOption:
    line: int
    mark: str
    text: str
    explanation: list[str] = field(default_factory=list)


@dataclass
class _RawQuestion:
    line: int
    title: str
    situation: list[str] = field(default_factory=list)
    options: list[_RawOption] = field(default_factory=list)


def read_quiz(inspection: Inspection) -> Quiz | None:
    """Read and check `quiz.md`."""
    source = inspection.source("quiz.md")
    if source is None:
        return None
    declared = read_front_matter(QuizFrontMatter, no_rules, source, inspection.problems)
    raw_questions = _split(source, inspection)
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


def _split(source: Source, inspection: Inspection) -> list[_RawQuestion]:
    """Cut the body into questions and options by what each line begins with."""
    questions: list[_RawQuestion] = []
    preface = 0
    for number, line in enumerate(source.body.split("\n"), source.body_line):
        if question := _QUESTION.fullmatch(line.rstrip()):
            questions.append(_RawQuestion(number, question[1]))
        elif not questions:
            preface = preface or (number if line.strip() else 0)
        elif option := _OPTION.fullmatch(line.rstrip()):
            questions[-1].options.append(
                _RawOption(number, option[1].strip(), option[2].strip())
            )
        elif not questions[-1].options:
            questions[-1].situation.append(line)
        elif not line.strip() or line.startswith(("  ", "\t")):
            questions[-1].options[-1].explanation.append(line)
        else:
            inspection.problems.error(
                source.path,
                number,
                "после вариантов бывает только пояснение с отступом в два пробела "
                "или следующий вопрос",
            )
    if preface:
        message = "перед первым вопросом «## …» текста не бывает"
        inspection.problems.error(source.path, preface, message)
    return questions


def _check_question(raw: _RawQuestion, source: Source, inspection: Inspection) -> None:
    def error(line: int, message: str) -> None:
        inspection.problems.error(source.path, line, message)

    if not raw.title:
        error(raw.line, "вопрос пуст: напишите его после ##")
    rights = [option.mark in tuple(_RIGHT) for option in raw.options]
    if not 2 <= len(raw.options) <= 6:
        error(raw.line, f"вариантов ответа {len(raw.options)}, а бывает от 2 до 6")
    elif not any(rights):
        error(raw.line, "нет верного ответа: отметьте его «- [x]»")
    elif all(rights):
        error(raw.line, "все ответы верные: добавьте неверный «- [ ]»")
    texts: set[str] = set()
    for option in raw.options:
        if option.mark and option.mark not in _RIGHT:
            error(option.line, f"отметка [{option.mark}]: бывает [ ] или [x]")
        if not option.text:
            error(option.line, "вариант пуст: напишите его после скобок")
        elif option.text in texts:
            error(option.line, "такой вариант уже есть: уберите повтор")
        texts.add(option.text)
        if not "".join(option.explanation).strip():
            error(
                option.line,
                "нет пояснения: строкой ниже, с отступом в два пробела, напишите, "
                "почему да или почему нет",
            )


def _render_question(
    number: int, raw: _RawQuestion, source: Source, inspection: Inspection
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
            is_right=option.mark in tuple(_RIGHT),
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
