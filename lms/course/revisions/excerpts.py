"""The lines of a source that a report speaks about, with their neighbours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.course.content.problems import Problem

AROUND = 1
MAX_LENGTH = 400


@dataclass(frozen=True)
class Line:
    """One line of a source; number 0 stands for what was left out."""

    number: int
    text: str
    problems: tuple[Problem, ...] = ()

    @property
    def level(self) -> str:
        return min((problem.level for problem in self.problems), default="")


@dataclass(frozen=True)
class Excerpt:
    """What is wrong with one file: remarks on the whole, and lines."""

    path: str
    on_whole: tuple[Problem, ...]
    lines: list[Line]


def excerpts_of(
    problems: Iterable[Problem], folder: str, files: Mapping[str, bytes]
) -> list[Excerpt]:
    """Group a report by files and show each problem in its place."""
    excerpts = []
    for name, found in problems_by_file(problems, folder).items():
        text = files.get(name, b"") if name.endswith(".md") else b""
        on_whole = tuple(problem for problem in found if not problem.line)
        excerpts.append(Excerpt(name, on_whole, list(_lines(text, found))))
    return excerpts


def problems_by_file(
    problems: Iterable[Problem], folder: str
) -> dict[str, list[Problem]]:
    """Sort a report by the names of the files inside the module."""
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(problems):
        name = problem.path.removeprefix(f"{folder}/")
        by_file.setdefault(name, []).append(problem)
    return by_file


def _lines(text: bytes, problems: Sequence[Problem]) -> Iterator[Line]:
    lines = text.decode("utf-8", errors="replace").splitlines()
    wanted = {problem.line for problem in problems if problem.line}
    shown = {
        number
        for line in wanted
        for number in range(line - AROUND, line + AROUND + 1)
        if line == number or 1 <= number <= len(lines)
    }
    previous = None
    for number in sorted(shown):
        if previous and number > previous + 1:
            yield Line(0, "…")
        previous = number
        words = lines[number - 1][:MAX_LENGTH] if 0 < number <= len(lines) else ""
        about = tuple(problem for problem in problems if problem.line == number)
        yield Line(number, words, about)
