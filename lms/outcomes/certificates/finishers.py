"""Who has every work for a certificate and has none yet, kept as rows.

Whatever credits a work or issues a certificate changes the row in its transaction, and
every night all of them are compared with what they are made of.
"""

import logging
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.jobs import every_day
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import read_rule
from lms.outcomes.certificates.codes import INSERT
from lms.outcomes.certificates.models import Certificate, Finisher
from lms.work.credits.models import Credit

logger = logging.getLogger(__name__)


def recount_finishers() -> dict[str, int]:
    """Make all rows anew; return how many were wrong in which cohort."""
    opened = sa.select(Cohort.id, Cohort.name).where(Cohort.rule.is_not(None))
    cohorts = db.session.execute(opened.order_by(Cohort.id)).all()
    return {name: _mend(cohort_id) for cohort_id, name in cohorts}


@every_day("finishers", "Сверка тех, кому пора выдать сертификат", hour=0)
def look_over(_request: dict[str, Any]) -> None:
    """Mend what is kept; the log names what was wrong."""
    recount_finishers()


@sa.event.listens_for(Credit, "after_insert")
def _follow_credit(_mapper: object, connection: sa.Connection, credit: Credit) -> None:
    found = _finished(credit.cohort_id, _works(connection, credit.cohort_id))
    if connection.scalar(found.where(Credit.user_id == credit.user_id)):
        _keep(connection, credit.cohort_id, [credit.user_id])


@sa.event.listens_for(Certificate, "after_insert")
def _follow_certificate(
    _mapper: object, connection: sa.Connection, certificate: Certificate
) -> None:
    _drop(connection, certificate.cohort_id, [certificate.user_id])


def _mend(cohort_id: int) -> int:
    connection = db.session.connection()
    works = _works(connection, cohort_id)
    found = set(connection.scalars(_finished(cohort_id, works)))
    rows = sa.select(Finisher.user_id).where(Finisher.cohort_id == cohort_id)
    kept = set(connection.scalars(rows))
    _drop(connection, cohort_id, kept - found)
    _keep(connection, cohort_id, found - kept)
    db.session.commit()
    wrong = sorted(kept ^ found)
    if wrong:
        logger.warning("cohort %s: finishers mended: %s", cohort_id, wrong)
    return len(wrong)


def _works(connection: sa.Connection, cohort_id: int) -> list[int]:
    """Return the modules whose work the rule of a cohort asks for."""
    stored = sa.select(sa.cast(Cohort.rule, sa.Text)).where(Cohort.id == cohort_id)
    rule = read_rule(connection.scalar(stored))
    return [module.module_id for module in rule.required] if rule else []


def _finished(cohort_id: int, works: Collection[int]) -> sa.Select[int]:
    """Find who has the works, apart from those who ever had a certificate."""
    certified = sa.exists().where(
        Certificate.user_id == Credit.user_id, Certificate.cohort_id == cohort_id
    )
    return (
        sa.select(Credit.user_id)
        .where(Credit.cohort_id == cohort_id, Credit.module_id.in_(works), ~certified)
        .group_by(Credit.user_id)
        .having(sa.func.count() == len(works))
        .order_by(Credit.user_id)
    )


def _keep(connection: sa.Connection, cohort_id: int, user_ids: Collection[int]) -> None:
    """Add rows; whoever has one already keeps it."""
    rows = [{"user_id": one, "cohort_id": cohort_id} for one in sorted(user_ids)]
    if rows:
        new = INSERT[connection.dialect.name](Finisher)
        connection.execute(new.on_conflict_do_nothing(), rows)


def _drop(connection: sa.Connection, cohort_id: int, user_ids: Collection[int]) -> None:
    mine = Finisher.cohort_id == cohort_id, Finisher.user_id.in_(user_ids)
    connection.execute(sa.delete(Finisher).where(*mine))
