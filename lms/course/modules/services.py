"""What may happen to a module: new revisions, publishing, withdrawing."""

import logging

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.content.course import Course
from lms.course.modules.models import CourseEdition, Module, ReadMark, Revision
from lms.course.modules.signals import live_revision_moved
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)


def current_course() -> Course | None:
    """Return the newest state of `course.md`, or None before its first import."""
    edition = newest_edition()
    return Course.model_validate(edition.content) if edition else None


def newest_edition() -> CourseEdition | None:
    """Return `course.md` and `consent.md` as they were imported last."""
    newest = sa.select(CourseEdition).order_by(CourseEdition.id.desc()).limit(1)
    return db.session.scalar(newest)


def newest_revision(module: Module) -> Revision | None:
    """Return the latest revision of a module, whether it is live or not."""
    return db.session.scalar(
        sa.select(Revision)
        .where(Revision.module_id == module.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def publish(
    revision: Revision, *, actor: User | None, instead_of: int | None = None
) -> None:
    """Let everybody read a revision from now on; publishing it again is no event."""
    if make_live(revision, actor=actor, instead_of=instead_of):
        db.session.commit()
        module_id, number = revision.module_id, revision.number
        logger.info("module %s: revision %s is live", module_id, number)


def make_live(
    revision: Revision, *, actor: User | None, instead_of: int | None = None
) -> bool:
    """Move a module to a revision, without a commit; tell whether it moved.

    `instead_of` is the number of the revision that the admin saw live (0: none). If
    a colleague has published another one meanwhile, nothing moves.
    """
    module = revision.module
    live = live_now(module, instead_of=instead_of, wanted=revision)
    if live is revision:
        return False
    if not _move_pointer(module, live, revision):
        db.session.refresh(module)
        if module.current_revision is not revision:
            raise RuleError(_moved_on(module.current_revision))
        return False
    record(
        actor.id if actor else None,
        "опубликован модуль",
        module,
        before={"версия": live.number if live else None},
        after={"модуль": module.slug, "версия": revision.number},
    )
    live_revision_moved.send(module, revision=revision, actor=actor)
    return True


def live_now(
    module: Module, *, instead_of: int | None, wanted: Revision
) -> Revision | None:
    """Return what is live at this moment; refuse if it is not what an admin saw."""
    db.session.refresh(module)
    live = module.current_revision
    seen = {None, live.number if live else 0}
    if live is not wanted and instead_of not in seen:
        raise RuleError(_moved_on(live))
    return live


def withdraw(module: Module, *, actor: User | None) -> None:
    """Take a module away from participants; revisions and works stay."""
    live = module.current_revision
    if live is None or not _move_pointer(module, live, None):
        return
    record(
        actor.id if actor else None,
        "снят с публикации модуль",
        module,
        before={"модуль": module.slug, "версия": live.number},
    )
    live_revision_moved.send(module, revision=None, actor=actor)
    db.session.commit()
    logger.info("module %s: withdrawn", module.id)


def mark_read(module: Module, *, user: User, is_read: bool) -> None:
    """Set or take back a reader's own «Прочитано»; doing it twice is no mistake."""
    key = {"user_id": user.id, "module_id": module.id}
    if not is_read:
        db.session.execute(sa.delete(ReadMark).filter_by(**key))
    elif db.session.get(ReadMark, key) is None:
        db.session.add(ReadMark(**key))
        person_acted.send(user)
    try:
        db.session.commit()
    except IntegrityError:  # the other of two clicks was faster
        db.session.rollback()


def _moved_on(live: Revision | None) -> str:
    what = (
        f"опубликована версия {live.number}" if live else "занятие снято с публикации"
    )
    return (
        f"Пока вы смотрели, {what}. Сравните с ней и опубликуйте свою версию, "
        "если она нужнее."
    )


def _move_pointer(module: Module, live: Revision | None, to: Revision | None) -> bool:
    """Move the pointer if it is still where it was; only one of two rivals does."""
    values: dict[str, object] = {"current_revision_id": to and to.id}
    values |= (
        {"position": to.position, "withdrawn_at": None, "published_at": utcnow()}
        if to
        else {"withdrawn_at": utcnow()}
    )
    try:
        moved = db.session.execute(
            sa.update(Module)
            .where(Module.id == module.id)
            .where(Module.current_revision_id.is_not_distinct_from(live and live.id))
            .values(values)
        )
    except IntegrityError:
        db.session.rollback()
        raise RuleError(number_is_taken(to.position if to else 0)) from None
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def number_is_taken(position: int) -> str:
    """Say whose number in the course it is."""
    other = db.session.scalar(sa.select(Module).where(Module.position == position))
    name = f"у занятия «{other.slug}»" if other else "у другого занятия"
    return f"Номер {position:02} уже {name}. Возьмите для папки другой номер."
