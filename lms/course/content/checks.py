"""`{check: 3}` in a lesson: the third question of the self-check, asked in the text."""

import re

from lms.core.language import plural
from lms.course.content.inspection import Inspection
from lms.course.content.quiz import Question, Quiz

_LINE = re.compile(r"\{check: ?(\d{1,3})\}")
_MARK = re.compile(rf"<p>{_LINE.pattern}</p>\n?")
_CODE = re.compile(r"(?s)<code>.*?</code>")
_LIKE = re.compile(r"(?i)\{ *check\b[^}<\n]*\}?")


def split_at_checks(html: str, quiz: Quiz | None) -> list[str | Question]:
    """Cut a lesson into its text and the questions that stand in it, in their order."""
    questions = {question.id: question for question in quiz.questions} if quiz else {}
    parts: list[str | Question] = []
    for place, part in enumerate(_MARK.split(html)):
        if place % 2:
            parts += [questions[int(part)]] if int(part) in questions else []
        elif part:
            parts.append(part)
    return parts


def without_checks(html: str) -> str:
    """Return the text of a lesson without the marks of its questions."""
    return _MARK.sub("", html)


def check_marks(html: str, quiz: Quiz | None, inspection: Inspection) -> None:
    """Report every mark that asks for no question or for one that was asked above."""
    asked = set(_MARK.findall(html))
    is_strange = _LIKE.search(_CODE.sub("", without_checks(html)))
    seen: set[str] = set()
    text = inspection.files["lesson.md"].decode("utf-8-sig", "replace")
    for line, row in enumerate(text.splitlines(), 1):
        mark, complaint = _LINE.fullmatch(row.strip()), ""
        if mark and mark[1] in asked:
            complaint = _complaint(mark[1], quiz, is_repeated=mark[1] in seen)
            seen.add(mark[1])
        elif is_strange and _LIKE.search(row):
            complaint = "вопрос в тексте ставят отдельной строкой, без отступа:"
            complaint += " {check: 3}"
        if complaint:
            path = f"{inspection.folder}/lesson.md"
            inspection.problems.error(path, line, complaint)


def _complaint(number: str, quiz: Quiz | None, *, is_repeated: bool) -> str:
    known = len(quiz.questions) if quiz else 0
    if not 1 <= int(number) <= known:
        found = plural(known, "вопрос", "вопроса", "вопросов")
        return f"вопроса {number} нет: в quiz.md {found}"
    return f"вопрос {number} уже стоит выше: уберите повтор" if is_repeated else ""
