"""Who runs a real site: whom people write to, and who answers for their data.

`flask setup` asks for both, as it asks for the administrator, because without them a
real site does not start.
"""

from collections.abc import Mapping

import click
import sqlalchemy as sa

from lms.core.environment import StartError
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.settings.services import current_settings, save_settings
from lms.course.settings.settings import SettingsInForce
from lms.identity.accounts.commands import read_email
from lms.identity.accounts.consents import current_consent_document
from lms.identity.accounts.models import OPERATOR, User
from lms.identity.accounts.permissions import ADMINS, among

ORGANISER = {
    "organiser_name": ("LMS_ORGANISER_NAME", "Кто ведёт курс, название организации"),
    "organiser_email": ("LMS_ORGANISER_EMAIL", "Почта, на которую пишут люди"),
}
OF_CONSENT = {
    "operator_name": (
        "LMS_OPERATOR_NAME",
        "Оператор персональных данных, полное название",
    ),
    "operator_address": ("LMS_OPERATOR_ADDRESS", "Адрес оператора"),
    "operator_contact": (
        "LMS_OPERATOR_CONTACT",
        "Куда обращаться по персональным данным",
    ),
}
NO_ORGANISER = "Организатор не назван: людям некому писать."
NO_OPERATOR = "В согласии не назван оператор персональных данных."
Questions = dict[str, tuple[str, str]]


def lacking() -> Questions:
    """Return what has to be said before strangers come; nothing without a course."""
    now = current_settings()
    if now is None:
        return {}
    return (ORGANISER if now.organiser is None else {}) | (
        OF_CONSENT if _lacks_operator(now) else {}
    )


def refuse_nameless() -> None:
    """Refuse a real site that names nobody to write to, or nobody in its consent."""
    questions = lacking()
    if not questions:
        return
    what = NO_ORGANISER if ORGANISER.keys() <= questions.keys() else NO_OPERATOR
    raise StartError(f"{what} Выполните: flask setup")


def name_organiser(env: Mapping[str, str]) -> str:
    """Ask who runs the site, unless that is known; what is not answered stays open."""
    questions = lacking()
    db.session.rollback()  # nobody waits while somebody types
    if not questions:
        return "Организатор и оператор: без изменений."
    given = {name: env.get(variable) or "" for name, (variable, _) in questions.items()}
    words = given if any(given.values()) else _asked(questions)
    if not all(words.values()):
        variables = ", ".join(variable for variable, _ in questions.values())
        return f"Настоящий сайт пока не запустится, ответьте или задайте: {variables}."
    _save(words)
    return "Организатор и оператор: записаны, поправить можно в «Настройках курса»."


def _lacks_operator(now: SettingsInForce) -> bool:
    document = current_consent_document()
    return document is not None and OPERATOR in document.html and not now.operator


def _asked(questions: Questions) -> dict[str, str]:
    """Ask on the screen; nobody there leaves all of it open."""
    try:
        return {
            name: click.prompt(
                question, value_proc=read_email if name.endswith("email") else str
            )
            for name, (_, question) in questions.items()
        }
    except click.Abort:
        click.echo()
        return dict.fromkeys(questions, "")


def _save(words: Mapping[str, str]) -> None:
    now = current_settings()
    admin = db.session.scalar(sa.select(User).where(among(ADMINS)).order_by(User.id))
    if now is None or admin is None:
        raise LookupError("a course and an administrator come first")
    try:
        if email := words.get("organiser_email"):
            read_email(email)
        ours = now.settings.model_copy(update=words)
        save_settings(ours, seen=now.number, actor=admin)
    except click.BadParameter as refusal:
        raise StartError(f"LMS_ORGANISER_EMAIL={email}: {refusal.message}.") from None
    except RuleError as refusal:
        raise StartError(str(refusal)) from None
