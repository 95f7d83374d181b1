"""Where a territory or a school began, and what it wants by when."""

import logging
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.monitoring.indicators.models import Indicator, Target
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory

logger = logging.getLogger(__name__)

Owner = School | Territory
FASTER = "Пока вы писали, цель уже изменили: она выше. Сверьте и сохраните ещё раз."


def aim_of(indicator: Indicator, owner: Owner) -> Target | None:
    """Return what is aimed at, if anything is."""
    query = sa.select(Target).filter_by(**_key(indicator, owner))
    return db.session.scalar(query)


def set_aim(
    indicator: Indicator,
    owner: Owner,
    *,
    base_version: int,
    actor: User,
    **values: int | date | None,
) -> None:
    """Write a baseline and a target down, unless a colleague was faster."""
    known = aim_of(indicator, owner)
    before = _in_words(indicator, known) if known else None
    if known is None:
        known = Target(**_key(indicator, owner), version=0)
        db.session.add(known)
    if known.version != base_version:
        db.session.rollback()
        raise RuleError(FASTER)
    for name, value in values.items():
        setattr(known, name, value)
    known.version = base_version + 1
    after = _in_words(indicator, known)
    try:
        record(actor.id, "записана цель показателя", owner, before=before, after=after)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(FASTER) from None
    logger.info("indicator %s: target %s set", indicator.id, known.id)


def _key(indicator: Indicator, owner: Owner) -> dict[str, int | None]:
    is_school = isinstance(owner, School)
    return {
        "indicator_id": indicator.id,
        "school_id": owner.id if is_school else None,
        "territory_id": None if is_school else owner.id,
    }


def _in_words(indicator: Indicator, aim: Target) -> dict[str, object]:
    return {
        "показатель": indicator.title,
        "исходно": aim.baseline,
        "на день": aim.baseline_on and str(aim.baseline_on),
        "цель": aim.target,
        "к дню": aim.due_on and str(aim.due_on),
    }
