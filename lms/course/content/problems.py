"""What is wrong with the files of the course, said so that an author can mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal


@dataclass(frozen=True, order=True)
class Problem:
    """One remark about one place; line 0 stands for the file as a whole."""

    path: str
    line: int
    message: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class Problems:
    """Everything found so far, sorted by place and without repetitions."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found))

    def error(self, path: str, line: int, message: str) -> None:
        """Remember what keeps the files from being published."""
        self._found.add(Problem(path, line, message))

    def warning(self, path: str, line: int, message: str) -> None:
        """Remember what deserves a look and keeps nothing from being published."""
        self._found.add(Problem(path, line, message, "warning"))

    def add(self, problems: Iterable[Problem]) -> None:
        """Take over what another search has found."""
        self._found.update(problems)

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self._found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to put at the end of a message, or the possible words."""
    words = list(known)
    if close := get_close_matches(word, words, n=1, cutoff=0.6):
        return f"Может быть, «{close[0]}»?"
    return f"Здесь бывают: {', '.join(sorted(words))}." if words else ""
