"""What a person is asked to answer: the diagnostics and surveys of the own cohorts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.core.language import today
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics import wording as of_diagnostics
from lms.monitoring.diagnostics.standing import standings_of
from lms.monitoring.surveys import wording as of_surveys
from lms.monitoring.surveys.standing import Asking, asked_of
from lms.schools.teams.models import Membership

# Days before the last one on which a letter tells of it; what has no last day is told
# of once a week.
AHEAD = frozenset({3, 1, 0})
WEEK = 7


@dataclass(frozen=True)
class Request:
    """One thing to answer: what to say of it, and where it is answered."""

    cohort_id: int
    sentence: str
    endpoint: str
    opened_on: date
    # None: until the cohort ends.
    closes_on: date | None
    values: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def is_told_today(self) -> bool:
        """Tell whether the letter of today speaks of it."""
        days = (today() - self.opened_on).days
        if days == 0:
            return True
        if self.closes_on is None:
            return days % WEEK == 0
        return (self.closes_on - today()).days in AHEAD


def requests_to(person: User, memberships: Sequence[Membership]) -> list[Request]:
    """Return what waits for an answer; two statements, none where no cohort is open."""
    running = [one for one in memberships if one.team.cohort.is_open]
    return [*_diagnostics(person, running), *_surveys(asked_of(person, running))]


def _diagnostics(person: User, running: Sequence[Membership]) -> Iterator[Request]:
    for standing in standings_of(person, running):
        if opened_on := standing.opened_on:
            yield Request(
                standing.membership.cohort_id,
                of_diagnostics.request_of(standing),
                "diagnostics.index",
                opened_on,
                standing.closes_on,
            )


def _surveys(asked: Sequence[Asking]) -> Iterator[Request]:
    for asking in asked:
        place: dict[str, int | str] = {"cohort_id": asking.cohort.id}
        yield Request(
            asking.cohort.id,
            of_surveys.request_of(asking),
            "surveys.answer",
            asking.opens_on,
            asking.closes_on,
            place | {"slug": asking.slug},
        )
