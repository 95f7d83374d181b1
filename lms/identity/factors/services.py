"""Adding a second factor, showing it, replacing it, and taking it away."""

import logging
import secrets

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import send_mail
from lms.identity.accounts.models import SignIn, User
from lms.identity.audit.services import record
from lms.identity.factors import codes
from lms.identity.factors.models import RecoveryCode, SecondFactor

logger = logging.getLogger(__name__)

WRONG = (
    "Код не подошёл. Введите тот, что приложение показывает сейчас: он меняется каждые"
    " полминуты. Если не подходит и новый, проверьте часы телефона."
)


def factor_of(user: User) -> SecondFactor | None:
    """Return the second factor of a person, once it has been confirmed."""
    found = sa.select(SecondFactor).where(
        SecondFactor.user_id == user.id, SecondFactor.confirmed_at.is_not(None)
    )
    return db.session.scalar(found)


def begun_factor(user: User) -> SecondFactor | None:
    """Return the factor that a person is just adding."""
    factor = db.session.get(SecondFactor, user.id)
    return factor if factor and factor.confirmed_at is None else None


def codes_left(user: User) -> int:
    """Return how many codes on paper are still good."""
    unused = sa.select(sa.func.count(RecoveryCode.id)).where(
        RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(unused) or 0


def begin_factor(user: User) -> None:
    """Make a secret for a phone; one that was begun before is not good any more."""
    if factor_of(user):
        raise RuleError("Вход с кодом уже включён. Сначала отключите прежний.")
    db.session.execute(sa.delete(SecondFactor).filter_by(user_id=user.id))
    db.session.add(SecondFactor(user_id=user.id, nonce=secrets.token_hex(32)))
    try:
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()  # a double click: the first one has begun


def confirm_factor(user: User, code: str, *, keep: str) -> list[str]:
    """Take a factor into use when the phone shows the right code; return paper codes.

    Every browser but `keep` (a token hash) is signed out: it came in without a factor.
    """
    factor = begun_factor(user)
    if factor is None:
        raise RuleError("Вход с кодом уже включён или не начат. Откройте его заново.")
    step = _step(factor, code)
    taken = db.session.scalar(
        sa.update(SecondFactor)
        .filter_by(user_id=user.id, nonce=factor.nonce, confirmed_at=None)
        .values(confirmed_at=utcnow(), last_step=step)
        .returning(SecondFactor.user_id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        db.session.rollback()
        raise RuleError("Вход с кодом только что включили в другой вкладке.")
    others = SignIn.token_hash != keep
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user.id, others))
    record(user.id, "включён вход с кодом", user)
    made = _replace_codes(user)
    _tell(user, "Вход с кодом включён", "added")
    db.session.commit()
    logger.info("user %s: second factor added", user.id)
    return made


def show_factor(user: User, code: str) -> None:
    """Take a code of the phone or of the paper, once, in the caller's transaction."""
    factor = factor_of(user)
    if factor is None:
        return
    if not (_take_step(factor, code) or _take_from_paper(user, code)):
        db.session.rollback()
        raise RuleError(WRONG)


def renew_codes(user: User, code: str) -> list[str]:
    """Give a person new codes for paper; the former ones are not good any more."""
    show_factor(user, code)
    made = _replace_codes(user)
    record(user.id, "новые запасные коды", user)
    db.session.commit()
    return made


def remove_factor(user: User, code: str) -> None:
    """Let a person sign in by the password alone, or move to another phone."""
    show_factor(user, code)
    _forget(user)
    record(user.id, "отключён вход с кодом", user)
    _tell(user, "Вход с кодом отключён", "removed")
    db.session.commit()
    logger.info("user %s: second factor removed", user.id)


def reset_factor(user: User, *, actor_id: int | None) -> None:
    """Take the factor of somebody who has lost the phone and the paper.

    Their browsers are signed out: the phone may be in other hands.
    """
    if factor_of(user) is None:
        raise RuleError("У этого человека вход с кодом не включён.")
    _forget(user)
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user.id))
    record(actor_id, "сброшен вход с кодом", user)
    _tell(user, "Вход с кодом отключён", "removed")
    db.session.commit()
    logger.info("user %s: second factor reset by user %s", user.id, actor_id)


def _step(factor: SecondFactor, code: str) -> int:
    step = codes.step_of(codes.secret_of(factor), code, utcnow())
    if step is None:
        raise RuleError(WRONG)
    return step


def _take_step(factor: SecondFactor, code: str) -> bool:
    """Take the code of a half-minute once, also from two tabs.

    A step from the time to come was taken before the clock was set back.
    """
    try:
        step = _step(factor, code)
    except RuleError:
        return False
    last = SecondFactor.last_step
    taken = db.session.scalar(
        sa.update(SecondFactor)
        .filter_by(user_id=factor.user_id, nonce=factor.nonce)
        .where(sa.or_(last < step, last > step + 2 * codes.WINDOW))
        .values(last_step=step)
        .returning(SecondFactor.user_id)
        .execution_options(synchronize_session=False)
    )
    return taken is not None


def _take_from_paper(user: User, code: str) -> bool:
    taken = db.session.scalar(
        sa.update(RecoveryCode)
        .filter_by(user_id=user.id, code_hash=codes.digest_of(code), used_at=None)
        .values(used_at=utcnow())
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False)
    )
    if taken is not None:
        record(user.id, "вход с запасным кодом", user)
    return taken is not None


def _replace_codes(user: User) -> list[str]:
    made = codes.new_recovery_codes()
    db.session.execute(sa.delete(RecoveryCode).filter_by(user_id=user.id))
    db.session.add_all(
        RecoveryCode(user_id=user.id, code_hash=codes.digest_of(code)) for code in made
    )
    return made


def _forget(user: User) -> None:
    for model in (RecoveryCode, SecondFactor):
        db.session.execute(sa.delete(model).filter_by(user_id=user.id))


def _tell(user: User, subject: str, template: str) -> None:
    """Tell the person by mail: who did not do it can still ask for help."""
    path = f"identity/factors/mail/{template}.txt"
    send_mail(user.email, subject, path, person=user)
