"""Closing a quarter, and telling what has changed since."""

import logging
from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import Quarter
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.monitoring.projects.models import Event, Project, QuarterSnapshot
from lms.monitoring.projects.picture import Picture, picture_of
from lms.monitoring.projects.services import begin_project
from lms.schools.teams.models import Team

logger = logging.getLogger(__name__)

# Reports are written before the holidays, when a quarter has not quite ended, and
# soon after it.
AROUND_ITS_END = timedelta(days=14)
CLOSED = "Этот квартал уже закрыт. Закрытое больше не меняется."


def quarter_to_close() -> Quarter:
    """Return the last quarter that is over, or the one that ends within two weeks."""
    return Quarter.of(today() + AROUND_ITS_END).previous


def opens_for_closing_on(quarter: Quarter) -> date:
    """Return the first day on which a quarter may be closed."""
    return quarter.ends_on + timedelta(days=1) - AROUND_ITS_END


def oldest_open_quarter(project: Project | None) -> Quarter | None:
    """Return the quarter to close next: what was missed comes first, one by one.

    They begin with the first event, but not before the cohort of the project.
    """
    closed = {one.starts_on for one in snapshots_of(project)}
    return next(iter(open_quarters(_first_day(project), closed)), None)


def open_quarters(first_day: date | None, closed: Collection[date]) -> list[Quarter]:
    """Return the quarters that may be closed and are not, beginning with a day.

    `closed` are the first days of those that are.
    """
    last = quarter_to_close()
    quarter = min(Quarter.of(first_day or last.starts_on), last)
    found = []
    while quarter <= last:
        if quarter.starts_on not in closed:
            found.append(quarter)
        quarter = quarter.following
    return found


def is_closed_late(quarter: Quarter, on: date) -> bool:
    """Tell whether a quarter closed on a day shows more than it held by its end."""
    return on > quarter.ends_on + AROUND_ITS_END


def close_quarter(team: Team, starts_on: date, *, author: User) -> QuarterSnapshot:
    """Keep the project as it is now for good.

    `starts_on` is that of the quarter which the page named.
    """
    project = begin_project(team)
    quarter = oldest_open_quarter(project)
    if any(one.starts_on == starts_on for one in snapshots_of(project)) or not quarter:
        raise RuleError(CLOSED)
    if quarter.starts_on != starts_on:
        raise RuleError(f"Сейчас закрывают {quarter.label}. Посмотрите ещё раз.")
    snapshot = QuarterSnapshot(
        project_id=project.id,
        starts_on=starts_on,
        rows=picture_of(project).stored(),
        taken_on=today(),
        taken_by_id=author.id,
    )
    db.session.add(snapshot)
    record(author.id, "закрыт квартал проекта", snapshot)
    person_acted.send(author)
    db.session.commit()
    logger.info("project %s: quarter %s closed", project.id, starts_on)
    return snapshot


def snapshots_of(project: Project | None) -> list[QuarterSnapshot]:
    """Return the closed quarters, the newest first."""
    if project is None:
        return []
    mine = sa.select(QuarterSnapshot).filter_by(project_id=project.id)
    mine = mine.order_by(QuarterSnapshot.starts_on.desc(), QuarterSnapshot.id)
    who = joinedload(QuarterSnapshot.taken_by)
    return list(db.session.scalars(mine.options(who)))


def picture_in(snapshot: QuarterSnapshot) -> Picture:
    """Return the project as a closed quarter keeps it."""
    return Picture.model_validate(snapshot.rows)


def _first_day(project: Project | None) -> date | None:
    """Return the day of the first event, or that of the cohort if it began later."""
    if project is None:
        return None
    first = sa.func.min(sa.func.coalesce(Event.due_on, Event.done_on))
    events = sa.select(first).where(
        Event.project_id == project.id, Event.removed_at.is_(None)
    )
    day: date | None = db.session.scalar(events)
    starts_on = db.session.get_one(Cohort, project.cohort_id).starts_on
    return max(day, starts_on) if day else None
