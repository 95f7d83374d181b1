"""Everything that can happen to schools and their teams."""

import logging
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import School, Team
from lms.schools.teams.signals import school_corrected, school_emptied
from lms.schools.teams.tutors import hold_with
from lms.schools.territories.naming import flush_schools
from lms.schools.territories.services import place_new, settle_territory

logger = logging.getLogger(__name__)


def create_team(
    *,
    cohort: Cohort,
    school: School,
    name: str,
    tutor: User | None,
    actor: User,
    form_key: str | None = None,
) -> Team:
    """Enrol a school: give it a team in a cohort.

    `school` may be a new one, not stored yet.
    """
    hold_with(cohort, tutor)
    if known := added_before(Team, form_key):
        return known
    if cohort.is_closed:
        raise RuleError("Поток завершён, новые команды в него не добавляют.")
    team = Team(cohort=cohort, school=_settle(school, actor), name=name, tutor=tutor)
    team.form_key = form_key
    db.session.add(team)
    _flush_team(team)
    record(actor.id, "создана команда", team, after=_facts(team))
    db.session.commit()
    logger.info("team %s: created by user %s", team.id, actor.id)
    return team


def edit_team(
    team: Team, *, school: School, name: str, tutor: User | None, actor: User
) -> list[str]:
    """Correct a team's name, school or tutor.

    Return what stays behind at a school of which the team was the last.
    """
    hold_with(team.cohort, tutor)
    before, left = _facts(team), team.school_id
    team.school, team.name, team.tutor = _settle(school, actor), name, tutor
    _flush_team(team)
    stays = _follow_corrected(team, left) if team.school_id != left else []
    record(actor.id, "изменена команда", team, before=before, after=_facts(team))
    db.session.commit()
    return stays


def _follow_corrected(team: Team, left: int) -> list[str]:
    """Take along what belongs to a team, or to its school; name what stays behind."""
    school_corrected.send(team, left=left)
    if db.session.scalar(sa.select(sa.exists().where(Team.school_id == left))):
        return []
    heard = school_emptied.send(team.school, left=left)
    return sorted(called for _, called in heard if called)


def rename_school(school: School, name: str, *, actor: User) -> None:
    """Correct a school; certificates already issued keep its name as it was."""
    before = _address(school)
    school.name = name
    flush_schools(school)
    record(actor.id, "изменена школа", school, before=before, after=_address(school))
    db.session.commit()


def _settle(school: School, actor: User) -> School:
    """Store a new school, unless the list has it already.

    Two admins may add the same school at once; both get the one row.
    """
    if school.id is not None:
        return school
    territory = settle_territory(school.municipality, school.region, actor=actor)
    query = sa.select(School).filter_by(name=school.name, municipality=territory.name)
    if known := db.session.scalar(query):
        return known
    school.municipality = territory.name
    try:
        with db.session.begin_nested():
            db.session.add(school)
    except IntegrityError:
        return db.session.scalars(query).one()
    place_new([school], actor=actor)
    record(actor.id, "добавлена школа", school, after=_address(school))
    return school


def _flush_team(team: Team) -> None:
    name = team.name
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(
            f"У этой школы в потоке уже есть команда «{name}». Назовите эту иначе."
        ) from None


def _facts(team: Team) -> dict[str, Any]:
    return {
        "название": team.name,
        "школа": team.school.label,
        "тьютор": team.tutor.full_name if team.tutor else None,
    }


def _address(school: School) -> dict[str, Any]:
    return {
        "название": school.name,
        "населённый пункт": school.municipality,
        "регион": school.region,
    }
