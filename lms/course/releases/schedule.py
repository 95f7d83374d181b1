"""Releases at an hour: planned by an admin, done by a job, looked after by another."""

import logging
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Job, enqueue, job
from lms.core.names import short_name
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import live_now, make_live
from lms.course.releases.hours import delay_in_words, hour_in_words
from lms.course.releases.models import Release, ReleaseState
from lms.course.releases.services import (
    call_off,
    settle,
    tell_author,
    waiting_release,
)
from lms.identity.accounts.models import User
from lms.identity.audit.services import record

# So long after its hour a release is called late, and its author is told.
LATE = timedelta(minutes=10)
MOVED_ON = "За это время опубликована другая версия."

logger = logging.getLogger(__name__)


def plan_release(
    revision: Revision,
    *,
    at: datetime,
    author: User,
    instead_of: int | None,
    note: str = "",
) -> Release:
    """Have a revision published at an hour; a module has one plan at a time.

    Two admins may plan at once, so the index decides, and the second one is told of
    the first plan. The same plan once more is no event.
    """
    if at <= utcnow():
        raise RuleError(f"Это время уже прошло: {hour_in_words(at)}. Выберите другое.")
    module = revision.module
    live = live_now(module, instead_of=instead_of, wanted=revision)
    if live is revision:
        raise RuleError("Эту версию уже читают, планировать нечего.")
    before_id = live.id if live else None
    plan = {"module_id": module.id, "revision_id": revision.id, "planned_for": at}
    release = Release(**plan, instead_of_id=before_id, author_id=author.id, note=note)
    try:
        with db.session.begin_nested():
            db.session.add(release)
    except sa.exc.IntegrityError:
        return _same_plan(release, module)
    for kind, moment in (("release", at), ("release_check", at + LATE)):
        request, key = {"release": release.id}, f"{kind}:{release.id}"
        enqueue(kind, request, key=key, run_at=moment)
    facts = {"версия": revision.number, "когда": hour_in_words(at)}
    record(author.id, "запланирована публикация", module, after=facts)
    db.session.commit()
    logger.info("release %s: planned", release.id)
    return release


def _same_plan(wanted: Release, module: Module) -> Release:
    """Return the plan that stands, if it is what the author wants; else refuse."""
    plan = waiting_release(module.id)
    if plan is None:
        raise RuleError("План этого занятия только что изменился. Обновите страницу.")
    names = ("revision_id", "planned_for", "author_id", "note")
    if all(getattr(plan, name) == getattr(wanted, name) for name in names):
        return plan
    raise RuleError(
        f"План уже есть: версия {plan.revision.number},"
        f" {hour_in_words(plan.planned_for)}. Его автор: "
        f"{short_name(plan.author.full_name)}. Сначала отмените этот план."
    )


@job("release", "Публикация занятия по плану", timed=True)
def release_revision(request: dict[str, Any]) -> None:
    """Publish what was planned, if what is live has not changed since.

    The module is locked first, as by those who publish by hand: whoever comes second
    finds the plan settled, or another revision live. All steps are one transaction.
    """
    release = db.session.get(Release, request["release"])
    if release is None:
        return
    live_id = _lock(release.module_id)
    if not settle(release, ReleaseState.PUBLISHED):
        db.session.rollback()
        return
    if live_id != release.instead_of_id:
        _give_up(release, MOVED_ON)
        return
    try:
        make_live(release.revision, actor=release.author)
    except RuleError as refusal:
        _give_up(release, str(refusal))
        return
    delay = utcnow() - release.planned_for
    if delay >= LATE:
        late_by = delay_in_words(delay)
        tell_author(
            release, "late", f"Опубликовано на {late_by} позже", late_by=late_by
        )
    db.session.commit()


@job("release_check", "Проверка, вышла ли публикация по плану", timed=True)
def check_release(request: dict[str, Any]) -> None:
    """Tell the author of a release that its job has not managed to publish."""
    release = db.session.get(Release, request["release"])
    if release is None or not release.is_waiting:
        return
    error = sa.select(Job.error).filter_by(key=f"release:{release.id}")
    tell_author(
        release,
        "failed",
        "Публикация не вышла",
        error=db.session.scalar(error) or "очередь задач ещё не дошла до неё",
    )
    db.session.commit()


def _lock(module_id: int) -> int | None:
    """Hold a module until the commit; return the revision that is live."""
    live = sa.select(Module.current_revision_id).where(Module.id == module_id)
    return db.session.scalar(live.with_for_update())


def _give_up(release: Release, words: str) -> None:
    """Cancel the plan in a transaction of its own."""
    db.session.rollback()
    call_off(release, words, actor=None)
    db.session.commit()
