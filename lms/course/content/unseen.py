"""Signs in a text that nobody sees: they write backwards, or hide in a word."""

import re

from lms.course.content.problems import Problems

_BACKWARDS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")  # no search finds a word with them
_ENOUGH = 12  # signs before it, by which an author finds the place


def report_unseen(path: str, text: str, problems: Problems) -> None:
    """Report the lines in which such signs stand, and after which words."""
    for line, words in enumerate(text.split("\n"), 1):
        if _BACKWARDS.search(words):
            problems.error(path, line, "невидимый знак переставляет буквы: удалите его")
        elif hidden := _NO_WIDTH.search(words):
            before = words[: hidden.start()][-_ENOUGH:]
            place = f"после «{before}»" if before.strip() else "в начале строки"
            problems.warning(path, line, f"{place} невидимый знак: удалите его")
