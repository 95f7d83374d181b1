"""What may happen to the diagnostics: an edition, a sitting, its end."""

import hashlib
import logging

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.signals import cohort_closed
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.erasures.signals import person_erased
from lms.monitoring.diagnostics.models import (
    Answers,
    Form,
    Moment,
    Round,
    Sitting,
)
from lms.monitoring.diagnostics.standing import Standing, standings_of
from lms.schools.teams.models import Membership

logger = logging.getLogger(__name__)

FORMS: tuple[Form, Form] = ("a", "b")
CLOSED = "Диагностика уже закрыта. Отмеченное раньше сохранено и больше не меняется."


def form_for(user_id: int, cohort_id: int, moment: Moment) -> Form:
    """Choose a form as by a coin that always falls the same; the exit has the other."""
    coin = hashlib.sha256(f"{user_id}:{cohort_id}".encode()).digest()[0] % 2
    return FORMS[coin if moment is Moment.ENTRY else 1 - coin]


def begin_sitting(membership: Membership, moment: Moment) -> Sitting:
    """Open the form of a person, or the one that is open; the first opens the round."""
    own = {"user_id": membership.user_id, "cohort_id": membership.cohort_id}
    known = sa.select(Sitting).filter_by(**own, moment=moment)
    if sitting := db.session.scalar(known):
        return sitting
    _open_round(standing_in(membership), moment)
    db.session.add(
        Sitting(
            **own,
            team_id=membership.team_id,
            position=membership.position,
            moment=moment,
            form=form_for(**own, moment=moment),
            answers={},
        )
    )
    try:
        db.session.commit()
    except IntegrityError:  # the other of two clicks was faster
        db.session.rollback()
    return db.session.scalars(known).one()


def standing_in(membership: Membership) -> Standing:
    """Return how far a person is in a cohort with a calendar."""
    found = standings_of(membership.user, [membership])
    if not found:
        raise RuleError("В этом потоке диагностики нет.")
    return found[0]


def _open_round(standing: Standing, moment: Moment) -> None:
    """Let the cohort answer the newest edition from now on, if nobody has begun."""
    if not standing.is_open(moment):
        raise RuleError("Сейчас эта диагностика не идёт.")
    cohort_id = standing.membership.cohort_id
    if standing.has_begun:
        return
    db.session.add(Round(cohort_id=cohort_id, edition_id=standing.edition_id))
    try:
        db.session.commit()
    except IntegrityError:  # somebody else of the cohort began at the same moment
        db.session.rollback()


def save_answers(sitting: Sitting, answers: Answers) -> None:
    """Keep what is marked so far; what another tab marked stays."""
    _keep(sitting, answers)
    db.session.commit()


def finish_sitting(sitting: Sitting, answers: Answers, *, asked: list[str]) -> None:
    """Keep the last answers and close the form for good; every question has one."""
    if sitting.is_finished:
        return
    _keep(sitting, answers)
    if missing := [key for key in asked if key not in sitting.answers]:
        db.session.commit()
        raise UnansweredError(missing)
    sitting.finished_at = utcnow()
    person_acted.send(sitting.user)
    db.session.commit()
    logger.info("sitting %s is finished", sitting.id)


class UnansweredError(RuleError):
    """Some questions have no answer yet; the others are saved."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("Ответили не на все вопросы. Остальное сохранено.")
        self.missing = missing


def _keep(sitting: Sitting, answers: Answers) -> None:
    """Hold the rows and add to one; the caller commits. A cohort that ends waits."""
    of_cohort = sa.select(Round.cohort_id).filter_by(cohort_id=sitting.cohort_id)
    db.session.execute(of_cohort.with_for_update(read=True))
    own = sa.select(Sitting.id).where(Sitting.id == sitting.id)
    db.session.execute(own.with_for_update())
    db.session.refresh(sitting)
    if sitting.is_finished or not can_go_on(sitting):
        db.session.rollback()
        raise RuleError(CLOSED)
    sitting.answers = {**sitting.answers, **answers}
    sitting.version += 1


def can_go_on(sitting: Sitting) -> bool:
    """Tell whether the window in which a form was opened is open still."""
    membership = db.session.scalar(
        sa.select(Membership).where(
            Membership.user_id == sitting.user_id,
            Membership.cohort_id == sitting.cohort_id,
            Membership.left_at.is_(None),
        )
    )
    return membership is not None and standing_in(membership).is_open(sitting.moment)


@cohort_closed.connect
def close_round(cohort: Cohort) -> None:
    """End the diagnostics with the cohort; the first end stays."""
    still_open = sa.update(Round).where(Round.closed_at.is_(None))
    db.session.execute(
        still_open.where(Round.cohort_id == cohort.id).values(closed_at=utcnow())
    )


@person_erased.connect
def drop_answers(person: User) -> None:
    """Drop answers of which nobody was told yet; told figures stay as they are."""
    still_open = sa.select(Round.cohort_id).where(Round.closed_at.is_(None))
    theirs = Sitting.user_id == person.id, Sitting.cohort_id.in_(still_open)
    db.session.execute(sa.delete(Sitting).where(*theirs))
