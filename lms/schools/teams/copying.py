"""The next cohort with schools of an earlier one; people are invited anew."""

import logging
from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.cohorts.copying import Copy, make_copy
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import Team

logger = logging.getLogger(__name__)


def copy_cohort(
    source: Cohort,
    wanted: Copy,
    *,
    teams: Sequence[Team],
    actor: User,
    form_key: str | None = None,
) -> Cohort:
    """Plan the next cohort with empty teams of some schools; nobody gets a letter."""
    if known := added_before(Cohort, form_key):
        return known
    copy = make_copy(source, wanted)
    copy.form_key = form_key
    db.session.add(copy)
    for team in teams:
        tutor = team.tutor if team.tutor in copy.tutors else None
        school, name = team.school, team.name
        db.session.add(Team(cohort=copy, school=school, name=name, tutor=tutor))
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(
            f"Поток «{wanted.name}» уже есть. Назовите этот иначе."
        ) from None
    facts = {"название": copy.name, "по образцу": source.name, "команд": len(teams)}
    facts["начало"] = copy.starts_on.isoformat()
    record(actor.id, "создан поток", copy, after=facts)
    db.session.commit()
    logger.info("cohort %s: copied from %s by user %s", copy.id, source.id, actor.id)
    return copy
