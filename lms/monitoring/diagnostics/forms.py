"""What may be marked in a form of the diagnostics: the questions are the author's."""

from collections.abc import Iterable, Mapping

from lms.course.content.diagnostics import Item
from lms.monitoring.diagnostics.models import Answers

# What the page sends where somebody does not know.
UNKNOWN = "-"


def read_answers(items: Iterable[Item], typed: Mapping[str, str]) -> Answers:
    """Take the options that exist, by question; what is not marked is left out."""
    marked: dict[str, int | None] = {}
    for item in items:
        known = {str(number): number for number in range(len(item.options))}
        chosen = typed.get(f"question-{item.key}")
        if chosen in known or chosen == UNKNOWN:
            marked[item.key] = known.get(chosen)
    return marked
