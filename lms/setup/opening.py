"""The steps that open a site; each says what it did, and a second time nothing."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import sqlalchemy as sa

from lms.core.environment import StartError
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.schema import HEAD, check_schema, read_schema
from lms.core.trigrams import make_trigram_indexes
from lms.course.modules.commands import sentence_of
from lms.course.modules.sync import Result, sync
from lms.identity.accounts.commands import read_email
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS, among
from lms.identity.accounts.services import create_admin

ADMIN = ("LMS_ADMIN_NAME", "LMS_ADMIN_EMAIL", "LMS_ADMIN_PASSWORD")


def make_tables() -> str:
    """Make the tables, or bring those of an earlier release to this one."""
    before = read_schema(db.engine)
    if before.is_newer or before.missing:
        raise StartError(before.problem)
    if not before.problem:
        return "База: без изменений."
    from flask_migrate import upgrade

    upgrade()
    check_schema(db.engine)
    if before.revision is None:
        return f"База: готова, версия {HEAD}."
    return f"База: обновлена с {before.revision} до {HEAD}."


def make_search_indexes() -> Iterator[str]:
    """Make the indexes that PostgreSQL searches by; say why, if that is impossible."""
    with db.engine.begin() as connection:
        if refusal := make_trigram_indexes(connection):
            yield refusal


def make_administrator(env: Mapping[str, str]) -> str:
    """Make the first administrator, unless somebody is one."""
    administrators = sa.select(User.email).where(among(ADMINS))
    email = db.session.scalar(administrators.order_by(User.id).limit(1))
    db.session.rollback()
    if email:
        return f"Администратор: {email}, без изменений."
    given = [env.get(name) or "" for name in ADMIN]
    person = _given_administrator(*given) if any(given) else _asked_administrator()
    return f"Администратор: {person.full_name} входит с почтой {person.email}."


def publish_course(root: Path) -> Iterator[str]:
    """Publish what is new in the course folder; what was edited on the site stays."""
    outcomes, wrong = 0, 0
    for outcome in sync(root, live=True):
        if outcome.result is not Result.SAME:
            outcomes += 1
            yield sentence_of(outcome)
        if outcome.result is Result.WRONG:
            wrong += 1
            yield from (str(problem) for problem in outcome.problems)
    if wrong:
        raise StartError(f"В папке {root} есть ошибки: исправьте и повторите.")
    yield "Курс: опубликован." if outcomes else "Курс: без изменений."


def _given_administrator(name: str, email: str, password: str) -> User:
    """Make the one named by the environment, as a script does."""
    for variable, value in zip(ADMIN, (name, email, password), strict=True):
        if not value:
            raise StartError(f"Администратор не заведён: задайте и {variable}.")
    try:
        return create_admin(name, read_email(email), password)
    except click.BadParameter as refusal:
        raise StartError(f"LMS_ADMIN_EMAIL={email}: {refusal.message}.") from None
    except RuleError as refusal:
        raise StartError(f"Администратор не заведён. {refusal}") from None


def _asked_administrator() -> User:
    """Ask until the answers will do."""
    while True:
        try:
            return create_admin(
                click.prompt("Фамилия, имя и отчество администратора"),
                click.prompt("Почта", value_proc=read_email),
                click.prompt("Пароль", hide_input=True, confirmation_prompt="Ещё раз"),
            )
        except RuleError as refusal:
            click.echo(str(refusal))
        except click.Abort:
            raise StartError(
                f"\nАдминистратор не заведён: ответьте или задайте {', '.join(ADMIN)}."
            ) from None
