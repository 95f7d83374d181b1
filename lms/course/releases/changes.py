"""What a reader would notice between two revisions: words as they are shown."""

from collections.abc import Iterator

from lms.course.content.assignment import Assignment
from lms.course.content.quiz import Quiz
from lms.course.content.reports import ModuleContent
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.course.revisions.comparison import FileComparison, compare_texts
from lms.text.stored import plain_text

# The parts of a module, in the order in which a reader meets them.
TEXT, DOCUMENTS, TASK = "Текст занятия", "Документы", "Задание"
FIELDS, RUBRIC, QUIZ = "Поля ответа", "Критерии", "Самопроверка"
PARTS = (TEXT, DOCUMENTS, TASK, FIELDS, RUBRIC, QUIZ)


def changes_between(before: Revision, after: Revision) -> list[FileComparison]:
    """Compare what readers see of two revisions, part by part."""
    return _in_order(_parts_of(content_of(before)), _parts_of(content_of(after)))


def changes_of_task(before: Assignment, after: Assignment) -> list[FileComparison]:
    """Compare what two assignments ask for."""
    return _in_order(_parts_of_task(before), _parts_of_task(after))


def _in_order(before: dict[str, str], after: dict[str, str]) -> list[FileComparison]:
    changed = compare_texts(before, after)
    return sorted(changed, key=lambda text: PARTS.index(text.path))


def _parts_of(content: ModuleContent) -> dict[str, str]:
    lesson, task = content.lesson, content.assignment
    text = [lesson.title, lesson.summary, *lesson.outcomes, plain_text(lesson.html)]
    return {
        TEXT: "\n".join(text),
        DOCUMENTS: "\n".join(document.title for document in content.documents),
        **(_parts_of_task(task) if task else {}),
        QUIZ: "\n".join(_questions(content.quiz)) if content.quiz else "",
    }


def _parts_of_task(task: Assignment) -> dict[str, str]:
    heads = [task.title, task.summary, plain_text(task.task_html)]
    return {
        TASK: "\n".join(heads),
        FIELDS: "\n".join(_fields(task)),
        RUBRIC: "\n".join(_rubric(task)),
    }


def _fields(task: Assignment) -> Iterator[str]:
    for field in task.fields:
        wanted = "" if field.required else " (по желанию)"
        yield f"{field.label}{wanted}, до {field.max_chars} знаков. {field.hint}"
        yield f"Пример: {' '.join(plain_text(field.example_html).split())}"


def _rubric(task: Assignment) -> Iterator[str]:
    yield task.pass_reason
    for criterion in task.rubric:
        yield criterion.title
        for level in criterion.levels:
            yield f"{level.points} — {level.text}"


def _questions(quiz: Quiz) -> Iterator[str]:
    """Name questions and answers, and never which of them are right."""
    for question in quiz.questions:
        yield question.title
        yield plain_text(question.html)
        for option in question.options:
            yield plain_text(option.html)
