"""Asking for more days, answering, and what stands on the pages of both."""

import logging
from datetime import date, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.language import day, today
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.review.deferrals.models import Deferral, DeferralState
from lms.review.reviews.models import Review
from lms.review.reviews.signals import decision_reversed
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import lock_work
from lms.work.submissions.signals import attempt_sent, attempt_withdrawn

logger = logging.getLogger(__name__)

MAX_DAYS = 60
MAX_WORDS = 1000
# Why a request is answered no more, by what became of it.
CLOSED = {
    DeferralState.GRANTED: "На эту просьбу уже ответил коллега: срок продлён.",
    DeferralState.DECLINED: "На эту просьбу уже ответил коллега: срок не продлён.",
    DeferralState.WITHDRAWN: "Команда отозвала эту просьбу.",
    DeferralState.SETTLED: "Работу уже отправили или зачли, отсрочка больше не нужна.",
}


def obstacle(submission: Submission) -> str:
    """Return why more days cannot be asked for now; nothing if they can."""
    if not submission.is_editable:
        return "Работа уже отправлена, отсрочка ей не нужна."
    if not submission.cohort.is_open:
        return "Поток завершён, сроки больше не двигаются."
    if submission.due_on is None:
        return "У этой работы нет срока, отсрочка ей не нужна."
    return ""


def ask(
    submission: Submission,
    *,
    wanted_on: date,
    reason: str,
    member: User,
    form_key: str | None = None,
) -> Deferral:
    """Ask for a later day; a work has one request at a time.

    Two members may ask at once, so the index decides whose words the tutor reads.
    """
    if known := added_before(Deferral, form_key):
        return known
    lock_work(submission)
    _refuse_if(obstacle(submission))
    _check_day(wanted_on, submission)
    deferral = Deferral(
        submission_id=submission.id,
        asked_by_id=member.id,
        due_on=submission.due_on,
        wanted_on=wanted_on,
        reason=_words(reason, "Напишите, почему нужно больше времени."),
        form_key=form_key,
    )
    try:
        with db.session.begin_nested():
            db.session.add(deferral)
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError("Отсрочку уже попросили, тьютор ещё не ответил.") from None
    person_acted.send(member)
    db.session.commit()
    logger.info("deferral %s: asked by user %s", deferral.id, member.id)
    return deferral


def withdraw(deferral: Deferral, *, member: User) -> None:
    """Take a request back before it is answered."""
    _hold_open(deferral)
    _close(deferral, DeferralState.WITHDRAWN, member)
    db.session.commit()
    logger.info("deferral %s: withdrawn by user %s", deferral.id, member.id)


def grant(deferral: Deferral, *, granted_on: date, answer: str, tutor: User) -> None:
    """Move the due day of the work; the tutor may choose another day than asked."""
    _hold_open(deferral)
    work = deferral.submission
    _refuse_if(obstacle(work))
    _check_day(granted_on, work)
    is_other = granted_on != deferral.wanted_on
    answer = _words(answer, "Напишите команде, почему день другой." if is_other else "")
    before = {"срок": str(work.due_on)}
    facts = {"срок": str(granted_on), "причина": deferral.reason, "ответ": answer}
    _close(deferral, DeferralState.GRANTED, tutor, answer)
    work.due_on = deferral.granted_on = granted_on
    work.told_at = deferral.decided_at
    record(tutor.id, "срок продлён", work, before=before, after=facts)
    db.session.commit()
    logger.info("deferral %s: granted by user %s", deferral.id, tutor.id)


def decline(deferral: Deferral, *, answer: str, tutor: User) -> None:
    """Leave the due day as it is, and say why."""
    _hold_open(deferral)
    answer = _words(answer, "Напишите команде, почему срок остаётся прежним.")
    _close(deferral, DeferralState.DECLINED, tutor, answer)
    deferral.submission.told_at = deferral.decided_at
    facts = {"просили до": str(deferral.wanted_on), "ответ": answer}
    record(tutor.id, "срок не продлён", deferral.submission, after=facts)
    db.session.commit()
    logger.info("deferral %s: declined by user %s", deferral.id, tutor.id)


@attempt_sent.connect
def settle_sent(attempt: Attempt) -> None:
    """Close the request of a work that is sent."""
    _settle(attempt.submission_id)


@attempt_withdrawn.connect
def reopen_withdrawn(attempt: Attempt) -> None:
    """Open the request again that sending this attempt had closed."""
    db.session.execute(
        sa.update(Deferral)
        .filter_by(submission_id=attempt.submission_id, state=DeferralState.SETTLED)
        .where(Deferral.decided_at >= attempt.sent_at)
        .values(state=DeferralState.OPEN, decided_at=None)
    )


@decision_reversed.connect
def settle_reversed(review: Review) -> None:
    """Close the request of a work that is accepted without a new version."""
    _settle(review.attempt.submission_id)


def _settle(submission_id: int) -> None:
    db.session.execute(
        sa.update(Deferral)
        .filter_by(submission_id=submission_id, state=DeferralState.OPEN)
        .values(state=DeferralState.SETTLED, decided_at=utcnow())
    )


def _hold_open(deferral: Deferral) -> None:
    lock_work(deferral.submission)
    db.session.refresh(deferral)
    _refuse_if(CLOSED.get(deferral.state, ""))


def _refuse_if(sentence: str) -> None:
    if sentence:
        db.session.rollback()
        raise RuleError(sentence)


def _close(
    deferral: Deferral, state: DeferralState, person: User, answer: str = ""
) -> None:
    deferral.state, deferral.answer = state, answer
    deferral.decided_by_id, deferral.decided_at = person.id, utcnow()


def _check_day(chosen: date, submission: Submission) -> None:
    last = today() + timedelta(days=MAX_DAYS)
    sentence = ""
    if chosen <= today():
        sentence = "Этот день уже наступил. Выберите день после сегодняшнего."
    elif submission.due_on and chosen <= submission.due_on:
        sentence = f"Срок и сейчас до {day(submission.due_on)}. Выберите день позже."
    elif chosen > last:
        sentence = f"Это слишком далеко: продлить можно самое позднее до {day(last)}."
    _refuse_if(sentence)


def _words(text: str, demand: str) -> str:
    """Return what was typed, unless it lacks or is too much."""
    text = text.strip()
    sentence = demand if demand and not text else ""
    if len(text) > MAX_WORDS:
        sentence = f"Не больше {MAX_WORDS} знаков. Сократите текст."
    _refuse_if(sentence)
    return text
