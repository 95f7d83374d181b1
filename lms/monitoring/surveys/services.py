"""What may happen to a survey: somebody answers, a cohort ends."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.signals import cohort_closed
from lms.monitoring.surveys.models import Reply, Respondent, SurveyRound, Words
from lms.monitoring.surveys.standing import Asking
from lms.schools.teams.models import Membership

CLOSED = "Опрос уже закрыт: ответы больше не принимаются."


def answer_survey(
    asking: Asking, *, membership: Membership, marks: Mapping[str, int], text: str
) -> None:
    """Note that a person has answered and, apart from that, what somebody answered.

    A second press changes nothing. No line of the log tells of it: its time would.
    """
    if not asking.is_open:
        raise RuleError(CLOSED)
    round_id = _round_of(asking)
    go_one_by_one(f"survey {round_id}")
    found = db.session.get_one(SurveyRound, round_id)
    db.session.refresh(found, with_for_update={"read": True})
    if found.is_over:
        raise RuleError(CLOSED)
    db.session.add(Respondent(round_id=round_id, user_id=membership.user_id))
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return
    school_id = membership.team.school_id
    db.session.add(Reply(round_id=round_id, school_id=school_id, marks=dict(marks)))
    if text:
        db.session.add(Words(round_id=round_id, text=text))
    db.session.flush()
    for kind in (Reply, Words):
        _write_anew(kind, round_id)
    db.session.commit()


def _round_of(asking: Asking) -> int:
    """Return the round of the cohort; the first answer begins it for everybody."""
    facts = {"cohort_id": asking.cohort.id, "slug": asking.slug}
    known = sa.select(SurveyRound.id).filter_by(**facts)
    if round_id := db.session.scalar(known):
        return round_id
    days = {"edition_id": asking.edition_id, "closes_on": asking.closes_on}
    db.session.add(SurveyRound(**facts, **days))
    try:
        db.session.commit()
    except IntegrityError:  # somebody else answered at the same moment
        db.session.rollback()
    return db.session.scalars(known).one()


def _write_anew(kind: type[Reply] | type[Words], round_id: int) -> None:
    """Store all rows once more in the order of their random ids.

    Otherwise the place of a row in the file, and the transaction that PostgreSQL notes
    with it, would say which of those who answered it came with.
    """
    columns = kind.__table__.columns
    rows = db.session.execute(
        sa.select(*columns).where(kind.round_id == round_id).order_by(kind.id)
    )
    kept = [dict(row) for row in rows.mappings()]
    db.session.execute(sa.delete(kind).where(kind.round_id == round_id))
    if kept:
        db.session.execute(sa.insert(kind), kept)


@cohort_closed.connect
def close_rounds(cohort: Cohort) -> None:
    """End the surveys of a cohort with it; the first end stays."""
    still_open = sa.update(SurveyRound).where(SurveyRound.closed_at.is_(None))
    db.session.execute(
        still_open.where(SurveyRound.cohort_id == cohort.id).values(closed_at=utcnow())
    )
