"""What the letter of the day says of works, diagnostics and surveys that are due."""

from collections.abc import Iterable, Sequence

from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.monitoring.surveys.requests import requests_to
from lms.overview.agenda.entries import Entry
from lms.overview.digest.lessons import address_of
from lms.overview.digest.naming import Names, title_of
from lms.overview.digest.talks import Line
from lms.schools.teams.models import Membership

# Days before the due date on which a person is reminded; afterwards once a week.
AHEAD = frozenset({3, 1, 0})
WEEK = 7


def lines_of_works(entries: Iterable[Entry], names: Names) -> list[Line]:
    """Name the works that the person's team has not sent by this moment."""
    return [
        Line(f"{title_of(entry, names)} — {entry.state}", address_of(entry))
        for entry in entries
        if entry.is_pending and _is_day_to_remind(entry.days_left)
    ]


def lines_of_own_answers(
    person: User, own: Sequence[Membership], names: Names
) -> list[Line]:
    """Name the diagnostics and surveys that wait for the person's own answer."""
    return [
        Line(
            f"{names[one.cohort_id]}{one.sentence}",
            site_link(one.endpoint, **one.values),
        )
        for one in requests_to(person, own)
        if one.is_told_today
    ]


def _is_day_to_remind(days_left: int) -> bool:
    if days_left >= 0:
        return days_left in AHEAD
    return (-days_left - 1) % WEEK == 0
