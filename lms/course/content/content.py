"""Where module files are read and checked, one module or all of them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from itertools import chain
from pathlib import Path

from lms.core.config import MAX_MODULE
from lms.core.language import file_size
from lms.core.sandbox import Sandbox
from lms.course.content.archive import FOLDER, is_ignored, read_folder
from lms.course.content.assignment import read_assignment
from lms.course.content.checks import check_marks
from lms.course.content.course import read_consent, read_course
from lms.course.content.inspection import Inspection, Surroundings
from lms.course.content.lesson import list_documents, read_lesson
from lms.course.content.measures import (
    DIAGNOSTICS,
    SURVEYS,
    Measures,
    check_measures,
    read_measure_files,
)
from lms.course.content.problems import Problem, Problems, did_you_mean
from lms.course.content.quiz import read_quiz
from lms.course.content.reports import (
    ContentReport,
    CourseReport,
    ModuleContent,
    Report,
)
from lms.course.content.tutor import read_tutor_guide
from lms.text.limits import open_sandbox

TEXTS = ("lesson.md", "assignment.md", "quiz.md", "tutor.md")
SECONDS = 5.0
CPU_SECONDS = 2
COURSE_TEXTS = ("course.md", "consent.md")
_NOT_MODULES = ("documents", "README.md", SURVEYS, DIAGNOSTICS, *COURSE_TEXTS)


def open_module_sandbox() -> Sandbox:
    """Make the place in which the texts of modules are rendered."""
    return open_sandbox(cpu_seconds=CPU_SECONDS)


def check_module(
    folder: str,
    files: Mapping[str, bytes],
    *,
    media_url: Callable[[str], str],
    module_url: Callable[[str], str],
    known_slugs: Collection[str],
    seconds: float = SECONDS,
    sandbox: Sandbox | None = None,
) -> Report:
    """Read the files of one module, report every problem and render what is right.

    `media_url` gives the address of a file by its path in the module, like
    `media/map.svg`; `module_url` that of another module by its slug. A text that
    works the processor longer than `CPU_SECONDS`, or is not finished when all of
    them have taken `seconds`, is an error. Many modules may share one `sandbox`.
    """
    known = {*known_slugs, _slug(folder)}
    surroundings = Surroundings(media_url, module_url, known, seconds)
    with nullcontext(sandbox) if sandbox else open_module_sandbox() as place:
        return _read_module(Inspection(folder, files, surroundings, place))


def check_course(
    files: Mapping[str, bytes],
    *,
    module_url: Callable[[str], str],
    known_slugs: Collection[str],
) -> CourseReport:
    """Read `course.md` and `consent.md` and report every problem in them."""
    texts = {path: files[path] for path in COURSE_TEXTS if path in files}
    surroundings = Surroundings(str, module_url, known_slugs, SECONDS)
    with open_module_sandbox() as sandbox:
        inspection = Inspection("", texts, surroundings, sandbox)
        for path in COURSE_TEXTS:
            if path not in files:
                inspection.problems.error(path, 0, "нет такого файла: напишите его")
        course = read_course(inspection, known_slugs)
        consent = read_consent(inspection)
    problems = list(inspection.problems)
    if inspection.problems.has_errors:
        return CourseReport(problems)
    return CourseReport(problems, course, consent)


def check_content(root: Path) -> ContentReport:
    """Check a whole content folder, and its parts against each other.

    Addresses in the HTML stay as they are on the disk. What measures the course is
    read when all that it measures could be read.
    """
    problems = Problems()
    folders = module_folders(root, problems)
    slugs = [_slug(folder.name) for folder in folders]
    surroundings = Surroundings(str, str, slugs, SECONDS)
    measures = Measures([])
    with open_module_sandbox() as sandbox:
        reports = [_read_folder(path, surroundings, sandbox) for path in folders]
        modules = tuple(report.module for report in reports if report.module)
        if len(modules) == len(folders):
            taught = [m.taught for m in modules]
            measures = check_measures(read_measure_files(root), taught, sandbox)
    texts = [path for path in COURSE_TEXTS if (root / path).is_file()]
    found = {path: (root / path).read_bytes() for path in texts}
    course = check_course(found, module_url=str, known_slugs=slugs)
    problems.add(chain(*(r.problems for r in (*reports, course)), measures.problems))
    problems.add(_repeated_outcomes(root, modules))
    return ContentReport(
        list(problems),
        course.course,
        course.consent,
        modules,
        measures.diagnostics,
        measures.surveys,
    )


def module_folders(root: Path, problems: Problems) -> list[Path]:
    """Return the folders of modules; two of them never share a slug or a number."""
    folders: list[Path] = []
    for path in sorted(root.iterdir()):
        if is_ignored(path.name) or path.name in _NOT_MODULES:
            continue
        if not path.is_dir():
            hint = did_you_mean(path.name, [DIAGNOSTICS, *COURSE_TEXTS, "README.md"])
            problems.error(path.name, 0, f"лишний файл. {hint}")
            continue
        for other in folders:
            if _slug(other.name) == _slug(path.name) or other.name[:2] == path.name[:2]:
                problems.error(
                    path.name, 0, f"тот же номер или имя, что у {other.name}: смените"
                )
        folders.append(path)
    return folders


def _read_folder(path: Path, surroundings: Surroundings, sandbox: Sandbox) -> Report:
    return _read_module(Inspection(path.name, read_folder(path), surroundings, sandbox))


def _read_module(inspection: Inspection) -> Report:
    _check_files(inspection)
    lesson = read_lesson(inspection)
    assignment = read_assignment(inspection)
    quiz = read_quiz(inspection)
    if lesson:
        check_marks(lesson.html, quiz, inspection)
    documents = list_documents(inspection)  # before those that only tutors see
    tutor = read_tutor_guide(inspection, assignment)
    _check_unused(inspection)
    problems = list(inspection.problems)
    name = FOLDER.fullmatch(inspection.folder)
    if inspection.problems.has_errors or name is None or lesson is None:
        return Report(problems, lesson=lesson)
    module = ModuleContent(
        slug=name[2],
        order=int(name[1]),
        lesson=lesson,
        documents=documents,
        assignment=assignment,
        quiz=quiz,
        tutor=tutor,
    )
    return Report(problems, module, lesson)


def _slug(folder: str) -> str:
    name = FOLDER.fullmatch(folder)
    return name[2] if name else folder


def _check_files(inspection: Inspection) -> None:
    folder, files, problems = inspection.folder, inspection.files, inspection.problems
    if not FOLDER.fullmatch(folder):
        problems.error(
            folder,
            0,
            "папку занятия называют «номер-имя» латиницей: 04-nastavnichestvo",
        )
    if "lesson.md" not in files:
        problems.error(folder, 0, "нет файла lesson.md: без него нет занятия")
    if "tutor.md" in files and "assignment.md" not in files:
        problems.error(
            f"{folder}/tutor.md", 0, "нет assignment.md: тьютору нечего проверять"
        )
    for path in files:
        if path not in TEXTS and not path.startswith("media/"):
            problems.error(
                f"{folder}/{path}", 0, f"лишний файл. {did_you_mean(path, TEXTS)}"
            )
    if sum(map(len, files.values())) > MAX_MODULE:
        most = file_size(MAX_MODULE)
        problems.error(folder, 0, f"занятие больше {most}: уменьшите файлы в media")


def _check_unused(inspection: Inspection) -> None:
    for path in inspection.media:
        if path not in inspection.linked and not inspection.has_unread:
            inspection.problems.warning(
                f"{inspection.folder}/{path}",
                0,
                "файл нигде не используется: сошлитесь на него или удалите",
            )


def _repeated_outcomes(
    root: Path, modules: Iterable[ModuleContent]
) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for module in modules:
        folder = f"{module.order:02}-{module.slug}"
        text = (root / folder / "lesson.md").read_text("utf-8-sig")
        for outcome in module.lesson.outcomes:
            other = first.setdefault(outcome.casefold(), folder)
            if other != folder:
                line = text[: text.find(outcome)].count("\n") + 1
                yield Problem(
                    f"{folder}/lesson.md",
                    line,
                    f"результат «{outcome}» уже есть в {other}: назовите свой",
                    "warning",
                )
