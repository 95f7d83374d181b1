"""What may happen to an appeal: asked once, decided once, by somebody else."""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.language import moment, plural
from lms.core.names import short_name
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.appeals.permissions import (
    admins_to_decide,
    can_decide,
    tutors_to_decide,
)
from lms.review.reviews.models import Cause, Review, Verdict
from lms.review.reviews.reversals import accept_after_all
from lms.work.submissions.models import Attempt, Status, is_newest
from lms.work.submissions.services import give_days_after_return, lock_work

logger = logging.getLogger(__name__)

MIN_WORDS, MAX_TEXT = 10, 4000


def ask_to_look_again(
    review: Review, reason: str, *, member: User, form_key: str | None = None
) -> Appeal:
    """Ask another tutor to look at a returned work again, once per review.

    About an accepted work there is nothing to win: its points decide nothing more.
    The work's row is locked: the team may be sending a new version at this moment.
    """
    if known := added_before(Appeal, form_key):
        return known
    _check_words(reason, "Напишите, с чем вы не согласны и почему")
    submission = review.attempt.submission
    if not submission.cohort.is_open:
        raise RuleError("Поток завершён, решения уже не пересматривают.")
    if not _hold_returned(review):
        raise _refusal(
            "Эта версия уже не на доработке: её зачли или вы отправили новую."
            " Пересмотреть можно только решение по последней версии."
        )
    if appeal := appeal_of(review):
        who = short_name(appeal.asked_by.full_name)
        raise _refusal(f"Пересмотреть это решение уже просят: {who}.")
    if who_decides(review) is None:
        raise _refusal(
            "Пересмотреть работу сейчас некому: в потоке один тьютор. Спросите его в"
            " разговоре рядом с работой."
        )
    appeal = Appeal(review_id=review.id, asked_by_id=member.id, reason=reason.strip())
    appeal.form_key = form_key
    db.session.add(appeal)
    person_acted.send(member)
    db.session.commit()
    logger.info("review %s: appeal %s by user %s", review.id, appeal.id, member.id)
    return appeal


def decide_appeal(
    appeal: Appeal, *, decision: Decision, words: str, tutor: User
) -> Ruling:
    """Keep the first decision or turn it; the review itself stays as it was written.

    Two tutors may decide at once, and the team may send a new version meanwhile. A
    team that waited in vain gets as many days as after a return.
    """
    _check_words(words, "Объясните решение команде")
    if not can_decide(tutor, appeal):
        raise RuleError("Решает другой тьютор, не тот, кто проверял работу.")
    stands = _hold_returned(appeal.review)
    _refuse_decided(appeal)
    if not stands:
        raise _refusal(
            "Решать больше нечего: работу зачли или команда отправила новую версию, и"
            " просьба снята."
        )
    ruling = Ruling(
        appeal=appeal,
        decided_by_id=tutor.id,
        decision=decision,
        words=words.strip(),
    )
    db.session.add(ruling)
    if decision is Decision.CHANGED:
        accept_after_all(appeal.review, cause=Cause.APPEAL, words=words, actor=tutor)
    else:
        _keep(ruling, tutor)
    db.session.commit()
    logger.info("appeal %s: %s by user %s", appeal.id, decision.name, tutor.id)
    return ruling


def appeal_of(review: Review) -> Appeal | None:
    """Return what was asked about a review, as the database has it now."""
    return db.session.scalar(
        sa.select(Appeal)
        .where(Appeal.review_id == review.id)
        .execution_options(populate_existing=True)
    )


def who_decides(review: Review) -> str | None:
    """Say to the team who will look, or None when there is nobody."""
    tutors = db.session.scalars(tutors_to_decide(review)).all()
    if len(tutors) == 1:
        return f"Решение пересмотрит {short_name(tutors[0].full_name)}, тьютор потока."
    if tutors:
        return "Решение пересмотрит другой тьютор потока, не тот, кто проверял работу."
    if db.session.scalar(admins_to_decide(review).limit(1)):
        return (
            "Других тьюторов в потоке нет, поэтому решение пересмотрит организатор"
            " курса."
        )
    return None


def _check_words(text: str, request: str) -> None:
    if len(text.split()) < MIN_WORDS:
        words = plural(MIN_WORDS, "слово", "слова", "слов")
        raise RuleError(f"{request}: нужно хотя бы {words}.")
    if len(text.strip()) > MAX_TEXT:
        raise RuleError(f"Текст длиннее {MAX_TEXT} знаков. Сократите его.")


def _hold_returned(review: Review) -> bool:
    """Hold the work's row; tell whether the reviewed version is newest and returned."""
    work = review.attempt.submission
    lock_work(work)
    newest = sa.select(Attempt.id).where(Attempt.id == review.attempt_id, is_newest())
    returned = work.status is Status.RETURNED and review.verdict is Verdict.RETURNED
    return returned and db.session.scalar(newest) is not None


def _refuse_decided(appeal: Appeal) -> None:
    ruling = db.session.get(Ruling, appeal.id, populate_existing=True)
    if ruling:
        who, when = short_name(ruling.decided_by.full_name), moment(ruling.decided_at)
        raise _refusal(
            f"Решение уже вынесено: {ruling.decision.value} ({who}, {when})."
        )


def _refusal(sentence: str) -> RuleError:
    """Let the work's row go before the rule is told."""
    db.session.rollback()
    return RuleError(sentence)


def _keep(ruling: Ruling, tutor: User) -> None:
    """Tell the journal, and give the team as many days as after a return."""
    work = ruling.appeal.review.attempt.submission
    give_days_after_return(work)
    work.told_at = ruling.decided_at or utcnow()
    facts = {"решение": ruling.decision.value, "слова": ruling.words}
    record(tutor.id, "пересмотр: решение оставлено", work, after=facts)
