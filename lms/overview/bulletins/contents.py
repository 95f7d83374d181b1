"""What a coordinator reads of the month that is over; nothing where nothing changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import day, midnight, today
from lms.core.links import site_link
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.models import User
from lms.network.mentors.errands import unanswered_in_words
from lms.network.pairs.listing import quiet_in_words
from lms.overview.agenda.calendars import calendar_of_person
from lms.overview.agenda.entries import Kind
from lms.overview.progress.matrix import Matrix, matrices_of
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.review.reviews.permissions import is_kept_from
from lms.schools.teams.models import Membership, Team
from lms.schools.territories.history import schools_at
from lms.schools.territories.permissions import coordinated_schools, given_territories
from lms.work.submissions.models import Attempt, Status, Submission

# Meetings are told so far ahead.
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Bulletin:
    """The schools of a coordinator in a month, in numbers and in sentences."""

    # The first day of the month.
    month: date
    accepted: int
    due: int
    stuck: list[str]
    # Whether somebody got stuck in this month.
    has_new_stuck: bool
    meetings: list[str]
    # In one line, which pairs of schools had no event for a quarter.
    quiet_pairs: str
    # In one line, the requests to mentors that nobody has answered.
    unanswered: str
    # The cohorts, each with the address of its table.
    tables: list[tuple[str, str]]

    @property
    def is_empty(self) -> bool:
        """Tell a month in which nothing changed."""
        facts = self.accepted, self.due, self.has_new_stuck, self.meetings
        return not any((*facts, self.quiet_pairs, self.unanswered))


def bulletin_of(person: User, month: date) -> Bulletin:
    """Sum up the month that begins on a day for a coordinator."""
    after = (month + timedelta(days=31)).replace(day=1)
    given = db.session.scalars(given_territories(person)).all()
    there = schools_at(after - timedelta(days=1), given)
    open_ones = visible_cohorts(person).where(Cohort.state == CohortState.OPEN)
    cohorts = db.session.scalars(open_ones.order_by(Cohort.starts_on, Cohort.id)).all()
    now = set(db.session.scalars(coordinated_schools(person)))
    then = set(db.session.scalars(there))
    matrices = matrices_of(cohorts, viewer=person)
    since = midnight(month)
    stuck = [row for one in matrices for row in one.of_schools(now).stuck]
    return Bulletin(
        month,
        _accepted(there, since, midnight(after), person),
        sum(_due(one.of_schools(then), month, after) for one in matrices),
        [
            f"«{row.team.name}», {row.team.school.label}: {trouble.sentence}"
            for row in stuck
            for trouble in row.troubles
        ],
        any(row.stuck_from >= since for row in stuck),
        _meetings(person),
        quiet_in_words(person),
        unanswered_in_words(person),
        _tables(matrices),
    )


def _accepted(
    schools: sa.Select[int], since: datetime, until: datetime, viewer: User
) -> int:
    """Count the works of some schools that were accepted in a month."""
    moment = sa.func.coalesce(Reversal.decided_at, Review.released_at)
    own = sa.select(Team.id).where(Team.school_id.in_(schools))
    alone = sa.select(Membership.user_id).where(Membership.team_id.in_(own))
    is_theirs = sa.or_(Submission.team_id.in_(own), Submission.user_id.in_(alone))
    count = (
        sa.select(sa.func.count(sa.distinct(Submission.id)))
        .join(Attempt, Attempt.submission_id == Submission.id)
        .join(Review, Review.attempt_id == Attempt.id)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .where(is_theirs, Submission.status == Status.ACCEPTED, ~is_kept_from(viewer))
        .where(sa.or_(Review.verdict == Verdict.ACCEPTED, Reversal.review_id > 0))
        .where(moment >= since, moment < until)
    )
    return db.session.scalar(count) or 0


def _due(matrix: Matrix, since: date, until: date) -> int:
    """Count the works that were due in a month: one of a team, or of each person."""
    people = sum(len(row.entry.members) for row in matrix.rows)
    return sum(
        people if column.is_personal else len(matrix.rows)
        for column in matrix.columns
        if column.due_on and since <= column.due_on < until
    )


def _meetings(person: User) -> list[str]:
    return [
        f"{day(entry.day)}, {entry.title}, поток «{entry.cohort.name}»"
        for entry in calendar_of_person(person)
        if entry.kind is Kind.MEETING
        and entry.meeting
        and not entry.meeting.is_cancelled
        and today() <= entry.day <= today() + AHEAD
    ]


def _tables(matrices: Sequence[Matrix]) -> list[tuple[str, str]]:
    return [
        (
            matrix.cohort.name,
            site_link("progress.workbook", cohort_id=matrix.cohort.id),
        )
        for matrix in matrices
    ]
