"""What modules promise and ask already: diagnostics are checked against it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lms.core.search import fold
from lms.course.content.quiz import Question
from lms.text.stored import plain_text


@dataclass(frozen=True)
class Taught:
    """What a module promises, what its self-check asks, and whether it counts."""

    slug: str
    outcomes: Collection[str]
    questions: Collection[Question]
    is_required: bool


class Asked:
    """Questions that were asked already, whatever their capitals and signs."""

    def __init__(self, taught: Collection[Taught]) -> None:
        self._places: dict[str, str] = {}
        for module in taught:
            for question in module.questions:
                options = [plain_text(option.html) for option in question.options]
                place = f"самопроверка «{module.slug}», вопрос {question.id}"
                self.remember(question.title, options, place)

    def place_of(self, title: str, options: list[str]) -> str | None:
        """Say where the same question or, in any order, the same answers stand."""
        words = _words_of(title, options)
        return next((self._places[w] for w in words if w in self._places), None)

    def remember(self, title: str, options: list[str], place: str) -> None:
        """Keep the first place of a question."""
        for words in _words_of(title, options):
            self._places.setdefault(words, place)


def _words_of(title: str, options: list[str]) -> Iterator[str]:
    for text in (title, " | ".join(sorted(map(_bare, options)))):
        if words := _bare(text):
            yield words


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
