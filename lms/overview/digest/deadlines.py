"""What the letter of the day says of numbers and reports that are due."""

from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.overview.agenda.deadlines import deadlines_of, is_near
from lms.overview.agenda.wording import how_late
from lms.overview.digest.talks import Line

# Three times before the day is over, and once when it was missed.
DAYS_LEFT = frozenset({3, 1, 0, -1})


def lines_of_deadlines(person: User) -> list[Line]:
    """Name what a person owes for schools or territories; most days no statement."""
    if not is_near(DAYS_LEFT):
        return []
    return [
        Line(
            f"{one.title} — {one.state or how_late(one.days_left)}",
            site_link(one.endpoint, **one.values),
        )
        for one in deadlines_of(person)
        if one.is_pending and one.days_left in DAYS_LEFT
    ]
