"""Everything that can happen to schools and their teams."""

import logging
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import School, Team

logger = logging.getLogger(__name__)


def create_team(
    *, cohort: Cohort, school: School, name: str, tutor: User | None, actor: User
) -> Team:
    """Enrol a school: give it a team in a cohort.

    `school` may be a new one, not stored yet.
    """
    if cohort.is_closed:
        raise RuleError("Поток завершён, новые команды в него не добавляют.")
    team = Team(cohort=cohort, school=_settle(school, actor), name=name, tutor=tutor)
    db.session.add(team)
    _flush_team(team)
    record(actor.id, "создана команда", team, after=_facts(team))
    db.session.commit()
    logger.info("team %s: created by user %s", team.id, actor.id)
    return team


def edit_team(
    team: Team, *, school: School, name: str, tutor: User | None, actor: User
) -> None:
    """Correct a team's name, school or tutor."""
    before = _facts(team)
    team.school, team.name, team.tutor = _settle(school, actor), name, tutor
    _flush_team(team)
    record(actor.id, "изменена команда", team, before=before, after=_facts(team))
    db.session.commit()


def edit_school(
    school: School, *, name: str, municipality: str, region: str, actor: User
) -> None:
    """Correct a school; certificates already issued keep its name as it was."""
    before = _address(school)
    school.name, school.municipality, school.region = name, municipality, region
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError("Такая школа уже есть в списке.") from None
    record(actor.id, "изменена школа", school, before=before, after=_address(school))
    db.session.commit()


def assign_tutors(
    cohort: Cohort, *, tutors: Sequence[User], lead: User | None = None, actor: User
) -> list[Team]:
    """Choose who reviews in a cohort and who leads; return the teams left alone.

    A team's tutor is one of the cohort's, so whoever leaves the cohort leaves its
    teams as well.
    """
    if lead and lead not in tutors:
        raise RuleError("Ведущий тьютор — один из тьюторов потока: отметьте и его.")
    db.session.refresh(cohort, with_for_update=True)
    before = _staff(cohort)
    cohort.tutors, cohort.lead = list(tutors), lead
    left = list(
        db.session.scalars(
            sa.select(Team)
            .where(Team.cohort_id == cohort.id, Team.tutor_id.is_not(None))
            .where(Team.tutor_id.not_in([tutor.id for tutor in tutors]))
        )
    )
    for team in left:
        team.tutor = None
    after = _staff(cohort)
    record(actor.id, "назначены тьюторы", cohort, before=before, after=after)
    db.session.commit()
    return left


def _settle(school: School, actor: User) -> School:
    """Store a new school, unless the list has it already.

    Two admins may add the same school at once; both get the one row.
    """
    if school.id is not None:
        return school
    query = sa.select(School).filter_by(
        name=school.name, municipality=school.municipality
    )
    if known := db.session.scalar(query):
        return known
    try:
        with db.session.begin_nested():
            db.session.add(school)
    except IntegrityError:
        return db.session.scalars(query).one()
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


def _staff(cohort: Cohort) -> dict[str, Any]:
    return {
        "тьюторы": [person.full_name for person in cohort.tutors],
        "ведущий тьютор": cohort.lead.full_name if cohort.lead else None,
    }
