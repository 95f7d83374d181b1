"""Whose calendar holds what; a fixed number of statements, however long it is."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import plural, today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.overview.agenda.entries import (
    Entry,
    Kind,
    asks_for_work,
    lesson_title,
    meeting_entry,
    opening,
    own_due,
)
from lms.overview.agenda.models import Meeting
from lms.overview.agenda.permissions import staffed_cohorts
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import active_membership
from lms.work.credits.models import Credit
from lms.work.submissions.models import Submission

TEAMS = ("команда", "команды", "команд")


def calendar_of_person(user: User, cohort_id: int | None = None) -> list[Entry]:
    """Return everything that concerns a person, or only what is of one cohort."""
    cohorts = list(db.session.scalars(staffed_cohorts(user)))
    membership = active_membership(user)
    entries = []
    if membership and cohort_id in (None, membership.team.cohort_id):
        entries += calendar_of_team(membership.team, user)
        cohorts = [c for c in cohorts if c.id != membership.team.cohort_id]
    if cohort_id:
        cohorts = [cohort for cohort in cohorts if cohort.id == cohort_id]
    entries += _calendar_of_staff(cohorts) if cohorts else []
    return sorted(entries, key=lambda entry: entry.order)


def calendar_of_team(team: Team, user: User | None = None) -> list[Entry]:
    """Return what a team has before it; with `user` also the person's own works."""
    works = _works(team, user)
    credited = _credited(team, user)
    entries = []
    for row in _rows([team.cohort_id]):
        module, work = row.module, works.get(row.module_id)
        entries.append(opening(row.cohort, module, row.opens_on))
        due_on = work.due_on if work else row.due_on
        if due_on and asks_for_work(module):
            entries.append(
                own_due(
                    row.cohort,
                    module,
                    due_on,
                    work=work,
                    is_open=row.opens_on <= today(),
                    is_credited=row.module_id in credited,
                )
            )
    entries += [meeting_entry(meeting) for meeting in meetings_of(team)]
    return sorted(entries, key=lambda entry: entry.order)


def meetings_of(team: Team) -> list[Meeting]:
    """Return the meetings to which a team comes, cancelled ones too."""
    return list(db.session.scalars(_team_meetings(team)))


def next_meeting(team: Team) -> Meeting | None:
    """Return the meeting that comes next or goes on now."""
    soon = _team_meetings(team).where(Meeting.cancelled_at.is_(None))
    # The longest meeting is shorter than a day.
    recent = soon.where(Meeting.starts_at > utcnow() - timedelta(days=1))
    return next((m for m in db.session.scalars(recent) if not m.is_over), None)


def _team_meetings(team: Team) -> sa.Select[Meeting]:
    return (
        sa.select(Meeting)
        .where(Meeting.cohort_id == team.cohort_id)
        .where(sa.or_(Meeting.team_id.is_(None), Meeting.team_id == team.id))
        .order_by(Meeting.starts_at, Meeting.id)
        .options(joinedload(Meeting.cohort))
    )


def _calendar_of_staff(cohorts: Sequence[Cohort]) -> list[Entry]:
    ids = [cohort.id for cohort in cohorts]
    progress = _progress(ids)
    entries = []
    for row in _rows(ids):
        entries.append(opening(row.cohort, row.module, row.opens_on))
        if row.due_on and asks_for_work(row.module):
            entries.append(_staff_due(row, row.due_on, *progress(row)))
    meetings = db.session.scalars(
        sa.select(Meeting)
        .where(Meeting.cohort_id.in_(ids))
        .options(
            joinedload(Meeting.cohort),
            joinedload(Meeting.team).joinedload(Team.school),
        )
    )
    return entries + [meeting_entry(meeting) for meeting in meetings]


def _staff_due(
    row: CalendarRow, due_on: date, teams: int, sent: int, later: int
) -> Entry:
    """Say how many teams have answered, and how many should have by now."""
    revision = row.module.current_revision
    counts = bool(revision and revision.assignment_by == "team" and teams)
    late = bool(counts and due_on < today() and teams > sent + later)
    state = f"прислали {sent} из {teams}" if counts else ""
    if late:
        state = f"просрочено: ещё не прислали {plural(teams - sent - later, *TEAMS)}"
    elif counts and sent >= teams:
        state = "прислали все"
    return Entry(
        Kind.DUE,
        due_on,
        lesson_title(row.module),
        row.cohort,
        state=state,
        colour="sun" if late else "",
        module=row.module,
        is_overdue=late,
    )


def _rows(cohort_ids: Sequence[int]) -> Sequence[CalendarRow]:
    return db.session.scalars(
        sa.select(CalendarRow)
        .join(CalendarRow.cohort)
        .where(CalendarRow.cohort_id.in_(cohort_ids))
        .options(
            contains_eager(CalendarRow.cohort),
            joinedload(CalendarRow.module).joinedload(Module.current_revision),
        )
    ).all()


def _works(team: Team, user: User | None) -> dict[int, Submission]:
    owners = [Submission.team_id == team.id]
    if user:
        own = Submission.user_id == user.id
        owners.append(sa.and_(own, Submission.cohort_id == team.cohort_id))
    works = db.session.scalars(sa.select(Submission).where(sa.or_(*owners)))
    return {work.module_id: work for work in works}


def _credited(team: Team, user: User | None) -> set[int]:
    if user is None:
        return set()
    mine = sa.select(Credit.module_id).where(
        Credit.user_id == user.id, Credit.cohort_id == team.cohort_id
    )
    return set(db.session.scalars(mine))


def _progress(cohort_ids: Sequence[int]) -> Any:
    """Return a function: (teams, works sent, works not sent but due later) of a row."""
    by_cohort = sa.select(Team.cohort_id, sa.func.count(Team.id)).group_by(
        Team.cohort_id
    )
    teams = dict(
        db.session.execute(by_cohort.where(Team.cohort_id.in_(cohort_ids))).all()
    )
    unsent = Submission.sent_at.is_(None)
    works = db.session.execute(
        sa.select(
            Submission.cohort_id,
            Submission.module_id,
            sa.func.count().filter(Submission.sent_at.is_not(None)),
            sa.func.count().filter(unsent, Submission.due_on >= today()),
        )
        .where(Submission.cohort_id.in_(cohort_ids), Submission.team_id.is_not(None))
        .group_by(Submission.cohort_id, Submission.module_id)
    )
    counts = {(cohort, module): (sent, later) for cohort, module, sent, later in works}

    def of(row: CalendarRow) -> tuple[int, int, int]:
        sent, later = counts.get((row.cohort_id, row.module_id), (0, 0))
        return teams.get(row.cohort_id, 0), sent, later

    return of
