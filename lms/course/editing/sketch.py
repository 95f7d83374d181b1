"""What a module looks like while it is being typed: checked and drawn, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.links import site_path
from lms.course.content.checks import split_at_checks
from lms.course.content.content import CPU_SECONDS
from lms.course.content.lesson import Lesson
from lms.course.content.problems import Problem
from lms.course.content.quiz import Question
from lms.course.content.reports import ModuleContent
from lms.course.editing.pending import PendingFile
from lms.course.modules.files import media_path
from lms.course.modules.intake import check_files
from lms.text.limits import open_sandbox

# A preview gives way to those who save: it waits for its one child no longer.
PATIENCE = 1.0


@dataclass(frozen=True)
class Sketch:
    """What can be shown of the texts, and what is wrong with them."""

    lesson: Lesson | None
    module: ModuleContent | None
    problems: list[Problem]

    @property
    def parts(self) -> list[str | Question]:
        """The text of the lesson and, once all is right, the questions asked in it."""
        quiz = self.module.quiz if self.module else None
        return split_at_checks(self.lesson.html, quiz) if self.lesson else []


def sketch_of(
    folder: str, files: Mapping[str, bytes], pending: Mapping[str, PendingFile]
) -> Sketch:
    """Check and render texts as saving them would, in one child at most."""
    with open_sandbox(cpu_seconds=CPU_SECONDS, patience=PATIENCE) as sandbox:
        report = check_files(folder, files, sandbox=sandbox)
    lesson = report.lesson
    if lesson:
        html = _with_pending(lesson.html, folder.partition("-")[2], pending)
        lesson = lesson.model_copy(update={"html": html})
    return Sketch(lesson, report.module, report.problems)


def _with_pending(html: str, slug: str, pending: Mapping[str, PendingFile]) -> str:
    """Show files where they are: no revision has them yet."""
    for file in pending.values():
        future = media_path(slug, file.name, file.sha256)
        html = html.replace(
            future, site_path("editing.pending", slug=slug, token=file.token)
        )
    return html
