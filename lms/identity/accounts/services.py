"""Accounts: new people, their profile and their passwords."""

import logging

import sqlalchemy as sa

from lms.core.environment import USUAL_ZONE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import send_mail
from lms.core.names import family_first
from lms.identity.accounts.models import Role, SignIn, User
from lms.identity.accounts.passwords import check_strength, hash_password, is_password
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)

TAKEN = "С этой почтой уже есть доступ: можно войти или задать новый пароль."


def normalise_email(email: str) -> str:
    """Write an address the one way in which it is stored."""
    return email.strip().casefold()


def register_person(
    full_name: str,
    email: str,
    password: str,
    *,
    timezone: str = USUAL_ZONE,
    form_key: str | None = None,
) -> User:
    """Add a person who chose a password to the caller's transaction."""
    check_strength(password, email, full_name)
    hashed = hash_password(password)
    return add_person(full_name, email, hashed, timezone=timezone, form_key=form_key)


def add_person(
    full_name: str,
    email: str,
    password_hash: str,
    *,
    roles: frozenset[Role] = frozenset(),
    timezone: str = USUAL_ZONE,
    form_key: str | None = None,
) -> User:
    """Add a person to the caller's transaction.

    Two people may send the same address at once, so the constraint decides.
    """
    person = User(
        full_name=family_first(full_name),
        email=normalise_email(email),
        password_hash=password_hash,
        timezone=timezone,
        roles=roles,
        form_key=form_key,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except sa.exc.IntegrityError:
        raise RuleError(TAKEN) from None
    return person


def create_admin(full_name: str, email: str, password: str) -> User:
    """Make the person who sets up the site."""
    check_strength(password, email, full_name)
    roles = frozenset({Role.ADMIN})
    person = add_person(full_name, email, hash_password(password), roles=roles)
    record(None, "создан администратор", person)
    db.session.commit()
    logger.info("user %s: created as an admin", person.id)
    return person


def update_profile(user: User, *, full_name: str, timezone: str) -> None:
    """Change how a person is called and whose clock the pages show."""
    user.full_name = family_first(full_name)
    user.timezone = timezone
    db.session.commit()


def prove_password(user: User, password: str) -> None:
    """Refuse whoever sits at a person's open browser and does not know the password.

    No transaction is open while passwords are slow.
    """
    known = user.password_hash
    db.session.rollback()
    if not is_password(password, known):
        raise RuleError("Пароль не подошёл. Проверьте раскладку.")


def change_password(user: User, *, current: str, new: str, keep: str) -> None:
    """Replace the password; every browser but `keep` (a token hash) is signed out."""
    user_id, known = user.id, user.password_hash
    check_strength(new, user.email, user.full_name)
    db.session.rollback()  # hold no transaction while passwords are slow
    if not is_password(current, known):
        raise RuleError("Нынешний пароль не подошёл. Проверьте раскладку.")
    if not replace_password(user_id, known, hash_password(new)):
        raise RuleError("Пароль только что сменили в другом браузере.")
    finish_new_password(user_id, browsers=SignIn.token_hash != keep)


def replace_password(user_id: int, known: str, stored: str) -> bool:
    """Store a hash in place of the known one; nobody else may have been faster.

    The row stays locked until the caller commits, so a sign-in with the old
    password either ends before, and is signed out, or finds it gone.
    """
    found = db.session.scalar(
        sa.update(User)
        .where(User.id == user_id, User.password_hash == known)
        .where(User.closed_at.is_(None))
        .values(password_hash=stored)
        .returning(User.id)
    )
    if found is None:
        db.session.rollback()
    return found is not None


def finish_new_password(user_id: int, *, browsers: sa.ColumnElement[bool]) -> None:
    """Sign these browsers out, tell the person by mail, and commit.

    Who did not do it learns of it at once, and can still reset the password.
    """
    db.session.execute(sa.delete(SignIn).where(SignIn.user_id == user_id, browsers))
    person = db.session.get_one(User, user_id)
    template = "identity/accounts/mail/password_changed.txt"
    send_mail(person.email, "Пароль изменён", template, person=person)
    db.session.commit()
    logger.info("user %s: changed the password", user_id)
