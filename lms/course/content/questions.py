"""The dialect of questions: a heading, a situation, options with `[ ]` and `[x]`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lms.course.content.frontmatter import Source
from lms.course.content.inspection import Inspection

_OPTION = re.compile(r"[-*+] ?\[(.?)\](.*)")
_RIGHT = "xXхХ"  # Latin and Cyrillic: the same key on a Russian keyboard

Line = tuple[int, str]


@dataclass
class RawOption:
    """One possible answer as it is written."""

    line: int
    mark: str
    text: str
    explanation: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return self.mark in tuple(_RIGHT)

    @property
    def is_explained(self) -> bool:
        return bool("".join(self.explanation).strip())


@dataclass
class RawQuestion:
    """One question as it is written."""

    line: int
    title: str
    situation: list[str] = field(default_factory=list)
    options: list[RawOption] = field(default_factory=list)


def numbered(source: Source) -> list[Line]:
    """Return the lines of a body, each with its number in the file."""
    return list(enumerate(source.body.split("\n"), source.body_line))


def split_questions(
    lines: Iterable[Line], source: Source, inspection: Inspection, *, sign: str = "##"
) -> list[RawQuestion]:
    """Cut lines into questions and options by what each line begins with."""
    heading = re.compile(rf"{sign}(?!#)\s*(.*)")
    questions: list[RawQuestion] = []
    preface = 0
    for number, line in lines:
        if question := heading.fullmatch(line.rstrip()):
            questions.append(RawQuestion(number, question[1]))
        elif not questions:
            preface = preface or (number if line.strip() else 0)
        elif option := _OPTION.fullmatch(line.rstrip()):
            mark, text = option[1].strip(), option[2].strip()
            questions[-1].options.append(RawOption(number, mark, text))
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
        message = f"перед первым вопросом «{sign} …» текста не бывает"
        inspection.problems.error(source.path, preface, message)
    return questions


def check_question(raw: RawQuestion, source: Source, inspection: Inspection) -> None:
    """Report what keeps a question from being asked, whatever it is asked for."""

    def error(line: int, message: str) -> None:
        inspection.problems.error(source.path, line, message)

    rights = [option.is_right for option in raw.options]
    if not 2 <= len(raw.options) <= 6:
        error(raw.line, f"вариантов ответа {len(raw.options)}, а бывает от 2 до 6")
    elif not any(rights):
        error(raw.line, "нет верного ответа: отметьте его «- [x]»")
    elif all(rights):
        error(raw.line, "все ответы верные: добавьте неверный «- [ ]»")
    texts: set[str] = set()
    for option in raw.options:
        if option.mark and not option.is_right:
            error(option.line, f"отметка [{option.mark}]: бывает [ ] или [x]")
        if not option.text:
            error(option.line, "вариант пуст: напишите его после скобок")
        elif option.text in texts:
            error(option.line, "такой вариант уже есть: уберите повтор")
        texts.add(option.text)
