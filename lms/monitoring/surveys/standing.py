"""Which surveys a person is asked to answer, in each of the own cohorts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.monitoring.surveys.models import Respondent, SurveyEdition, SurveyRound
from lms.schools.teams.models import Membership

# From the day on which the work of its lesson is due, a survey is asked for so long.
LASTS = timedelta(days=28)


@dataclass(frozen=True)
class Asking:
    """A survey in a cohort, and whether a person has answered it."""

    cohort: Cohort
    edition_id: int
    slug: str
    title: str
    # The place in the course of the lesson after which it is asked.
    position: int
    opens_on: date
    closes_on: date
    round_id: int | None
    closed_at: datetime | None
    is_answered: bool

    @property
    def is_over(self) -> bool:
        """Tell whether nobody can answer any more; figures are told from then on."""
        return self.closed_at is not None or self.closes_on < today()

    @property
    def is_open(self) -> bool:
        """Tell whether people answer it today."""
        return self.cohort.is_open and self.opens_on <= today() and not self.is_over

    @property
    def is_asked(self) -> bool:
        return self.is_open and not self.is_answered


def asked_of(person: User, memberships: Sequence[Membership]) -> list[Asking]:
    """Return the surveys that wait for a person's answer; one statement."""
    cohorts = {one.cohort_id: one.team.cohort for one in memberships}
    open_ones = [cohort for cohort in cohorts.values() if cohort.is_open]
    return [one for one in surveys_of(open_ones, person) if one.is_asked]


def surveys_of(cohorts: Collection[Cohort], person: User) -> list[Asking]:
    """Return every survey of some cohorts, in the order of their days."""
    if not cohorts:
        return []
    by_id = {cohort.id: cohort for cohort in cohorts}
    rows = db.session.execute(_surveys(list(by_id), person))
    found = [_asking(by_id[row.cohort_id], row) for row in rows]
    return sorted(found, key=lambda one: (one.opens_on, one.slug, one.cohort.id))


def _asking(cohort: Cohort, row: Any) -> Asking:
    begins = row.due_on or row.opens_on
    return Asking(
        cohort,
        row.edition_id,
        row.slug,
        row.title,
        row.position,
        opens_on=begins,
        closes_on=row.closes_on or begins + LASTS,
        round_id=row.round_id,
        closed_at=row.closed_at,
        is_answered=row.user_id is not None,
    )


def _surveys(cohort_ids: Sequence[int], person: User) -> sa.Select[Any]:
    """Join calendars with the newest editions, or with those a cohort answers."""
    newest = sa.select(sa.func.max(SurveyEdition.id)).group_by(SurveyEdition.slug)
    begun = sa.and_(
        SurveyRound.slug == SurveyEdition.slug,
        SurveyRound.cohort_id == CalendarRow.cohort_id,
    )
    mine = Respondent.round_id == SurveyRound.id, Respondent.user_id == person.id
    known = sa.func.coalesce(SurveyRound.edition_id, SurveyEdition.id)
    columns: Any = (
        *(CalendarRow.cohort_id, CalendarRow.opens_on, CalendarRow.due_on),
        *(SurveyEdition.slug, SurveyEdition.title, known.label("edition_id")),
        Module.position,
        *(SurveyRound.id.label("round_id"), SurveyRound.closes_on),
        *(SurveyRound.closed_at, Respondent.user_id),
    )
    return (
        sa.select(*columns)
        .select_from(CalendarRow)
        .join(Module, Module.id == CalendarRow.module_id)
        .join(SurveyEdition, SurveyEdition.after_module == Module.slug)
        .outerjoin(SurveyRound, begun)
        .outerjoin(Respondent, sa.and_(*mine))
        .where(SurveyEdition.id.in_(newest), CalendarRow.cohort_id.in_(cohort_ids))
        .order_by(CalendarRow.cohort_id, SurveyEdition.id)
    )
