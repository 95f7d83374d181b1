"""When a work counts as late: one rule for pages, letters and certificates."""

from datetime import date

from lms.core.language import today


def is_late(due_on: date | None, joined_on: date | None, *, is_owed: bool) -> bool:
    """Tell whether a due day has passed and the work is still owed.

    Nobody is late with what was due before they joined, or without a due day.
    """
    if due_on is None or joined_on is None:
        return False
    return is_owed and joined_on <= due_on < today()
