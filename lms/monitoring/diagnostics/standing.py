"""What of the diagnostics a person may answer, in each of the own cohorts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.extensions import db
from lms.core.language import course_day
from lms.course.cohorts.models import CalendarRow
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.editions import newest_edition
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.windows import Windows, windows_of
from lms.schools.teams.models import Membership

Entry, Leaving = aliased(Sitting), aliased(Sitting)
Times = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Standing:
    """How far a person is with the diagnostics of a cohort."""

    membership: Membership
    windows: Windows
    # What the cohort answers, or would answer; None: there is nothing.
    edition_id: int | None
    has_begun: bool
    closed_at: datetime | None
    # When the person has begun each of both, and when finished it.
    times: dict[Moment, Times]

    def is_open(self, moment: Moment) -> bool:
        """Tell whether it may be answered now.

        Where nobody came to the entry, an exit would be compared with nothing.
        """
        if not self.membership.team.cohort.is_open or self.closed_at:
            return False
        if self.edition_id is None or not self.windows.is_open(moment):
            return False
        return moment is Moment.ENTRY or self.has_begun

    def is_asked(self, moment: Moment) -> bool:
        """Tell whether the person may answer now and has not finished."""
        return self.is_open(moment) and self.times[moment][1] is None

    @property
    def asked(self) -> Moment | None:
        """Return what waits for the person."""
        return next((moment for moment in Moment if self.is_asked(moment)), None)

    @property
    def closes_on(self) -> date | None:
        """Return the last day of what waits; the exit waits until the cohort ends."""
        return self.windows.entry_until if self.asked is Moment.ENTRY else None

    @property
    def opened_on(self) -> date | None:
        """Return the day from which what waits can be answered."""
        begins = self.membership.team.cohort.opened_at
        if self.asked is Moment.ENTRY:
            return course_day(begins) if begins else None
        return self.windows.last_on if self.asked else None

    @property
    def is_of_interest(self) -> bool:
        """Tell whether there is anything to say beside the results of a closed one."""
        return self.asked is not None or any(
            begun and not (finished and self.closed_at)
            for begun, finished in self.times.values()
        )


def standings_of(person: User, memberships: Sequence[Membership]) -> list[Standing]:
    """Return how far a person is in each of some cohorts; one statement."""
    if not memberships:
        return []
    rows = defaultdict(list)
    for row in db.session.execute(_facts(person, memberships)):
        rows[row.cohort_id].append(row)
    return list(_standings(memberships, rows))


def _facts(person: User, memberships: Sequence[Membership]) -> sa.Select[Any]:
    """Put beside each row of the calendars what is known of the cohort."""
    newest = newest_edition().scalar_subquery()
    days: Any = CalendarRow.cohort_id, CalendarRow.position, CalendarRow.opens_on
    query = sa.select(
        *days,
        sa.func.coalesce(Round.edition_id, newest).label("edition_id"),
        Round.cohort_id.label("round_id"),
        Round.closed_at,
        Entry.started_at.label("came_at"),
        Entry.finished_at.label("entered_at"),
        Leaving.started_at.label("turned_at"),
        Leaving.finished_at.label("left_at"),
    ).outerjoin(Round, Round.cohort_id == CalendarRow.cohort_id)
    for sitting, moment in ((Entry, Moment.ENTRY), (Leaving, Moment.EXIT)):
        mine = sitting.cohort_id == CalendarRow.cohort_id, sitting.moment == moment
        query = query.outerjoin(sitting, sa.and_(*mine, sitting.user_id == person.id))
    ids = [one.cohort_id for one in memberships]
    return query.where(CalendarRow.cohort_id.in_(ids)).order_by(CalendarRow.position)


def _standings(
    memberships: Sequence[Membership], rows: dict[int, list[Any]]
) -> Iterator[Standing]:
    for membership in memberships:
        if found := rows[membership.cohort_id]:
            first = found[0]
            times = {
                Moment.ENTRY: (first.came_at, first.entered_at),
                Moment.EXIT: (first.turned_at, first.left_at),
            }
            yield Standing(
                membership,
                windows_of((row.position, row.opens_on) for row in found),
                first.edition_id,
                first.round_id is not None,
                first.closed_at,
                times,
            )
