"""What a new site still lacks before people come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from flask import Config, current_app

from lms.core.extensions import db
from lms.course.cohorts.models import cohort_tutor
from lms.course.modules.models import Module
from lms.course.settings.mail_check import CHECKED
from lms.course.settings.settings import SettingsInForce
from lms.identity.accounts.models import OPERATOR, ConsentDocument, User
from lms.identity.audit.models import AuditEvent
from lms.schools.invitations.models import Invitation
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership

# In `app.extensions`: the settings with which all was done; a process asks no more.
DONE = "first_day_done_with"


@dataclass(frozen=True)
class Step:
    """One line of the list: what, whether, and what to do about it."""

    what: str
    is_done: bool
    how: str
    endpoint: str = ""
    anchor: str = ""
    is_mail: bool = False


def first_day(now: SettingsInForce | None) -> list[Step]:
    """Return the list, or nothing once all of it is done."""
    if now and current_app.extensions.get(DONE) is now:
        return []
    facts = _facts()
    steps = [*_about_the_site(facts, now), *_about_people(facts), _backup()]
    if not all(step.is_done for step in steps):
        return steps
    current_app.extensions[DONE] = now
    return []


def has_backup(config: Config) -> bool:
    """Tell whether a backup lies where backups are kept.

    What an upgrade copies beside it is the database alone, and no archive.
    """
    folders = (config["INSTANCE"] / "backups", config["LMS_BACKUPS"])
    return any(any(folder.glob("*.zip")) for folder in folders if folder)


class _Facts(NamedTuple):
    """What the database knows of the list."""

    is_published: bool
    # Nothing where there is no consent yet.
    lacks_operator: bool | None
    mail_works: bool
    has_tutors: bool
    is_invited: bool


def _facts() -> _Facts:
    """Ask for all of it in one statement."""
    consent = sa.select(ConsentDocument.html.contains(OPERATOR))
    newest = consent.order_by(ConsentDocument.id.desc()).limit(1)
    invited = (Invitation, Newcomer, Membership)
    questions = (
        sa.exists().where(Module.current_revision_id.is_not(None)),
        newest.scalar_subquery(),
        # About an admin: the index by things finds it in a journal of any length.
        sa.exists().where(
            AuditEvent.object_type == User.__name__, AuditEvent.action == CHECKED
        ),
        sa.select(cohort_tutor).exists(),
        sa.or_(*(sa.select(model.id).exists() for model in invited)),
    )
    return _Facts(*db.session.execute(sa.select(*questions)).one())


def _about_the_site(facts: _Facts, now: SettingsInForce | None) -> Iterator[Step]:
    yield Step(
        "Курс опубликован",
        facts.is_published,
        "Откройте занятия и опубликуйте их или выполните flask setup на сервере.",
        "modules.index",
    )
    yield Step(
        "Организатор назван, людям есть куда писать",
        now is not None and now.organiser is not None,
        "Впишите почту организатора: она встанет на каждую страницу и в письма.",
        "settings.edit",
        "organiser",
    )
    yield Step(
        "Оператор персональных данных назван в согласии",
        facts.lacks_operator is False,
        "Впишите название, адрес и контакт и покажите текст согласия юристу.",
        "settings.edit",
        "operator",
    )
    yield Step(
        "Почта работает",
        facts.mail_works,
        "Сайт отправит письмо вам и покажет, что ответил почтовый сервер.",
        is_mail=True,
    )


def _about_people(facts: _Facts) -> Iterator[Step]:
    yield Step(
        "Есть поток с тьюторами",
        facts.has_tutors,
        "Заведите поток и назначьте тех, кто будет проверять работы.",
        "cohorts.index",
    )
    yield Step(
        "Первая команда приглашена",
        facts.is_invited,
        "Загрузите список людей в поток или сделайте ссылку для команды.",
        "teams.index",
    )


def _backup() -> Step:
    folder = current_app.config["LMS_BACKUPS"]
    how = (
        f"Копия появится ночью. Сразу её делает flask backup {folder / 'first.zip'}"
        if folder
        else "Назовите на сервере папку в LMS_BACKUPS: первая копия появится ночью."
        " Или положите сделанную flask backup в папку backups рядом с базой."
    )
    is_there = has_backup(current_app.config)
    return Step("Есть резервная копия", is_there, how, "home.start", "backup-title")
