"""What may happen to the rows of a project: added, edited by several, removed."""

import logging
from collections.abc import Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.monitoring.projects.models import Event, Project, ProjectRow
from lms.monitoring.projects.permissions import of_team
from lms.monitoring.projects.rivals import (
    chosen_words,
    forget_rivals,
    keep_beside,
    rivals_of,
)
from lms.monitoring.projects.rules import complaints_about
from lms.monitoring.projects.words import as_text, is_words
from lms.outcomes.plans.signals import plan_changed
from lms.schools.teams.models import Team
from lms.schools.teams.signals import school_corrected

logger = logging.getLogger(__name__)

Row = TypeVar("Row", bound=ProjectRow)
REMOVED = (
    "Пока вы писали, эту строку убрали. Ваш текст ниже: «Сохранить» добавит его новой"
    " строкой."
)


def project_of(team: Team) -> Project | None:
    """Return the project of the team's school, once somebody has begun it."""
    return db.session.scalar(sa.select(Project).where(of_team(team)))


def begin_project(team: Team) -> Project:
    """Return the project of the team's school; the first who types begins it.

    Colleagues who begin at the same moment wait here for one another's commit.
    """
    go_one_by_one(f"project {team.cohort_id} {team.school_id}")
    if known := project_of(team):
        return known
    project = Project(school_id=team.school_id, cohort_id=team.cohort_id)
    db.session.add(project)
    db.session.flush()
    return project


@school_corrected.connect
def follow_school(team: Team, *, left: int) -> None:
    """Take along the project of a school at which no team of the cohort is left.

    A school that has a project already keeps that one.
    """
    stayed = sa.exists().where(Team.school_id == left, Team.cohort_id == team.cohort_id)
    if db.session.scalar(sa.select(stayed)) or project_of(team):
        return
    moved = sa.update(Project).filter_by(school_id=left, cohort_id=team.cohort_id)
    db.session.execute(moved.values(school_id=team.school_id))


def add_row(
    team: Team,
    model: type[Row],
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> Row:
    """Add a row to the project of a team's school."""
    if known := added_before(model, form_key):
        return known
    row = new_row(team, model, values)
    row.form_key = form_key
    _commit(row, author)
    logger.info("project row %s %s added", model.__name__, row.id)
    return row


def new_row(team: Team, model: type[Row], values: Mapping[str, Any]) -> Row:
    """Put a row into the transaction of the caller."""
    if wrong := complaints_about(model, values):
        raise RuleError(next(iter(wrong.values())))
    facts: dict[str, Any] = {"team_id": team.id} if model is Event else {}
    facts |= {"project_id": begin_project(team).id} | dict(values)
    row = model(**facts)
    _note_days(row)
    db.session.add(row)
    db.session.flush()
    return row


def change_row(
    row: ProjectRow,
    values: Mapping[str, Any],
    *,
    seen: Mapping[str, str],
    base_version: int,
    author: User,
) -> list[str]:
    """Save what a person changed in a row; name the fields of which two texts are kept.

    `seen` is what the page showed: a field that only a colleague changed meanwhile
    stays as the colleague left it. Of words that both changed the later ones become a
    rival, as in drafts; of what is chosen from a list the later choice holds.
    """
    db.session.refresh(row, with_for_update=True)
    if row.removed_at:
        raise RuleError(REMOVED)
    is_stale = row.version != base_version
    mine, beside = {}, []
    for field, value in values.items():
        before, now = seen.get(field), as_text(getattr(row, field))
        if as_text(value) in (now, before):
            continue
        if is_stale and now != before and is_words(row, field):
            keep_beside(row, field, as_text(value), author=author)
            beside.append(field)
        else:
            mine[field] = value
    if mine:
        write(row, mine)
    _commit(row, author)
    return beside


def write(row: ProjectRow, values: Mapping[str, Any]) -> None:
    """Give a row other words, unless together they say what no row may say."""
    whole = {field: getattr(row, field) for field in row.WORDS} | dict(values)
    if wrong := complaints_about(type(row), whole):
        db.session.rollback()
        raise RuleError(next(iter(wrong.values())))
    for field, value in values.items():
        setattr(row, field, value)
    row.version += 1
    _note_days(row)


def remove_row(row: ProjectRow, *, author: User) -> None:
    """Take a row out of the tables; closed quarters go on naming it."""
    db.session.refresh(row, with_for_update=True)
    if row.removed_at:
        return
    row.removed_at, row.removed_by_id = utcnow(), author.id
    row.version += 1
    forget_rivals(row)
    record(author.id, "убрано из проекта школы", row)
    _commit(row, author)


def _note_days(row: ProjectRow) -> None:
    """Note when an event was said not to be held, and when what to do about it."""
    if not isinstance(row, Event):
        return
    row.missed_on = (row.missed_on or today()) if row.why_not else None
    is_corrected = bool(row.why_not and row.correction)
    row.corrected_on = (row.corrected_on or today()) if is_corrected else None


def _commit(row: ProjectRow, author: User) -> None:
    person_acted.send(author)
    if isinstance(row, Event):
        plan_changed.send(row.team_id)
    db.session.commit()


def settle(
    row: ProjectRow,
    rival_id: int,
    *,
    keep: str,
    seen: str,
    base_version: int,
    author: User,
) -> None:
    """Choose between the words of a row and those that somebody typed meanwhile."""
    db.session.refresh(row, with_for_update=True)
    rival = next((one for one in rivals_of(row) if one.id == rival_id), None)
    if rival is None:
        raise RuleError("Этот вариант уже разобрали.")
    chosen = chosen_words(row, rival, keep=keep, seen=seen, base_version=base_version)
    db.session.delete(rival)
    if chosen:
        write(row, chosen)
    _commit(row, author)
