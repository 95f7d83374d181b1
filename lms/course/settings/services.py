"""Reading, saving and taking back the settings of the course."""

import logging
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_sweep import names_files
from lms.core.names import short_name
from lms.course.modules.services import current_course
from lms.course.modules.signals import course_imported
from lms.course.settings.models import SettingsRevision, stamp
from lms.course.settings.settings import Settings, SettingsInForce, in_force
from lms.identity.accounts.consents import name_operator
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.text.limits import render_answer

logger = logging.getLogger(__name__)


def read_stamp() -> str:
    """Return what tells one state of the settings from another; one statement."""
    return db.session.scalars(sa.select(stamp())).one()


def current_settings() -> SettingsInForce | None:
    """Return what is in force: saved on the site, else what `course.md` says.

    Before the first import of the course there are none.
    """
    course = current_course()
    if course is None:
        return None
    revision = newest_revision()
    if revision is None:
        return in_force(course, 0, None)
    return in_force(course, revision.number, Settings.model_validate(revision.content))


def newest_revision() -> SettingsRevision | None:
    """Return the settings that were saved last."""
    newest = sa.select(SettingsRevision).order_by(SettingsRevision.number.desc())
    return db.session.scalar(newest.limit(1))


def save_settings(settings: Settings, *, seen: int, actor: User) -> None:
    """Put other settings into force; the earlier ones stay to be read.

    `seen` is the number that stood on the page. A colleague who was faster keeps
    what they saved, by the unique number even in a race.
    """
    actor_id = actor.id
    db.session.rollback()  # nobody waits while a text is rendered
    settings = settings.model_copy(update={"join_html": render_answer(settings.join)})
    now = current_settings()
    if now is None:
        raise RuleError("Курс ещё не опубликован. Выполните: flask setup")
    if now.number != seen:
        raise RuleError(_faster())
    if now.number and now.settings == settings:
        return
    _check_names(now, settings)
    revision = SettingsRevision(
        number=seen + 1, content=settings.model_dump(mode="json"), author_id=actor_id
    )
    db.session.add(revision)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(_faster()) from None
    _follow(revision, now.settings, actor_id)
    db.session.commit()
    logger.info("settings %s: saved by user %s", revision.number, actor_id)


def restore_settings(revision: SettingsRevision, *, seen: int, actor: User) -> None:
    """Put earlier settings into force again, as a new revision."""
    settings = Settings.model_validate(revision.content)
    save_settings(settings, seen=seen, actor=actor)


def _check_names(now: SettingsInForce, settings: Settings) -> None:
    """Keep whom people write to and who answers for their data, once they are named.

    A real site without them would not start the next time.
    """
    if now.organiser and not settings.organiser_email:
        raise RuleError(
            "Без почты организатора людям некому писать. Впишите другую, а не пустую."
        )
    if now.operator and not settings.operator:
        raise RuleError("Оператора называет согласие: впишите другого, а не пустоту.")


def _follow(revision: SettingsRevision, before: Settings, actor_id: int) -> None:
    """Note in the journal what changed, and name the operator in the consent."""
    was = before.facts()
    became = Settings.model_validate(revision.content).facts()
    changed = [label for label in became if was[label] != became[label]]
    record(
        actor_id,
        "изменены настройки курса",
        revision,
        before={label: was[label] for label in changed},
        after={label: became[label] for label in changed},
    )
    if saved := current_settings():
        name_operator(saved.operator)


def _faster() -> str:
    newest = newest_revision()
    who = short_name(newest.author.full_name) if newest and newest.author else "коллега"
    return (
        f"Пока вы правили, настройки уже изменили ({who}). Ваши слова ниже, они не"
        " сохранены. Сверьте их с верхней версией в «Прежних настройках» и сохраните"
        " ещё раз."
    )


@course_imported.connect
def name_operator_of_the_course(_sender: object) -> None:
    """Let a consent that was just imported name the operator too."""
    if now := current_settings():
        name_operator(now.operator)
        db.session.commit()


@names_files
def signatures() -> Iterable[str]:
    """Name the pictures of every revision; rules and certificates have theirs of it."""
    revisions = db.session.scalars(sa.select(SettingsRevision.content))
    return [Settings.model_validate(content).signature for content in revisions]
