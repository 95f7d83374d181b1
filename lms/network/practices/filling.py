"""What of an accepted work fills which field of a new card."""

from typing import Any

from lms.network.practices.models import Part
from lms.text.stems import WORD

# Fields of assignments that tell what came of it, and what it took.
OF_RESULT = frozenset({"polza", "effekty", "otklik", "priznaki", "proba", "otchet"})
OF_RESOURCES = frozenset({"aktivy", "koordinator", "yadro", "ploshadka", "nuzhda"})
LONGEST_TITLE = 120


def filled(fields: list[dict[str, Any]]) -> dict[str, str]:
    """Return the texts of a card by column: the first field says what was done.

    What did not work no assignment asks; the team writes that.
    """
    texts: dict[Part, list[str]] = {part: [] for part in Part}
    for field in fields:
        if WORD.search(field["text"]):
            texts[_part_of(field["key"], is_first=not texts[Part.WHAT])].append(
                field["text"].strip()
            )
    return {part.column: "\n\n".join(text) for part, text in texts.items()}


def _part_of(key: str, *, is_first: bool) -> Part:
    if key in OF_RESULT:
        return Part.RESULT
    if key in OF_RESOURCES:
        return Part.RESOURCES
    return Part.WHAT if is_first else Part.HOW
