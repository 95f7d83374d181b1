"""What may happen to a release: it is published, or cancelled."""

import logging

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import send_mail
from lms.core.names import short_name
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import live_now, make_live
from lms.course.modules.signals import live_revision_moved
from lms.course.releases.hours import hour_in_words
from lms.course.releases.models import Release, ReleaseState
from lms.identity.accounts.models import User
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)


def waiting_release(module_id: int) -> Release | None:
    """Return the plan of a module, if it has one."""
    planned = sa.select(Release).filter_by(
        module_id=module_id, state=ReleaseState.WAITING
    )
    shown = joinedload(Release.revision), joinedload(Release.author)
    return db.session.scalar(planned.options(*shown))


def publish_now(
    revision: Revision, *, author: User, instead_of: int | None, note: str = ""
) -> None:
    """Publish a revision at once, and keep the sentence that readers are told."""
    module, now = revision.module, utcnow()
    before = live_now(module, instead_of=instead_of, wanted=revision)
    seen = before.number if before else 0
    if not make_live(revision, actor=author, instead_of=seen):
        return
    db.session.add(
        Release(
            module_id=module.id,
            revision_id=revision.id,
            instead_of_id=before.id if before else None,
            state=ReleaseState.PUBLISHED,
            planned_for=now,
            released_at=now,
            author_id=author.id,
            note=note,
        )
    )
    db.session.commit()
    logger.info("module %s: revision %s is live", module.id, revision.number)


def cancel_release(release: Release, *, actor: User) -> None:
    """Drop a plan; its author is told, unless it is the one who drops it."""
    words = f"План отменили на сайте: {short_name(actor.full_name)}."
    if not call_off(release, words, actor=actor):
        db.session.rollback()
        raise RuleError("Этот план уже исполнен или отменён. Обновите страницу.")
    facts = {"версия": release.revision.number}
    record(actor.id, "отменена публикация по плану", release.module, before=facts)
    db.session.commit()


def call_off(release: Release, words: str, *, actor: User | None) -> bool:
    """Cancel a plan that still waits, in the caller's transaction, and say why."""
    if not settle(release, ReleaseState.CANCELLED):
        return False
    if actor is None or actor.id != release.author_id:
        tell_author(release, "cancelled", "Публикация отменена", words=words)
    logger.info("release %s: cancelled", release.id)
    return True


def settle(release: Release, state: ReleaseState) -> bool:
    """Say what became of a plan, if nobody else has said it yet; no commit."""
    released_at = utcnow() if state is ReleaseState.PUBLISHED else None
    settled = db.session.execute(
        sa.update(Release)
        .filter_by(id=release.id, state=ReleaseState.WAITING)
        .values(state=state, released_at=released_at)
    )
    return bool(settled.rowcount)  # type: ignore[attr-defined]


def tell_author(release: Release, event: str, subject: str, **said: object) -> None:
    """Write to the one who planned; one letter for each event of a release."""
    if release.author.closed_at:
        return
    send_mail(
        release.author.email,
        f"{subject}: {release.revision.title}",
        f"course/releases/mail/{event}.txt",
        key=f"release:{release.id}:{event}",
        person=release.author,
        about={"person": release.author.id},
        release=release,
        hour=hour_in_words(release.planned_for),
        **said,
    )


@live_revision_moved.connect
def call_off_plan(
    module: Module, *, revision: Revision | None, actor: User | None
) -> None:
    """Cancel the plan of a module that was published or withdrawn meanwhile."""
    release = waiting_release(module.id)
    if release is None:
        return
    who = short_name(actor.full_name) if actor else "Из папки курса"
    words = (
        f"Раньше этого часа опубликована версия {revision.number} ({who})."
        if revision
        else f"Занятие снято с публикации ({who})."
    )
    call_off(release, words, actor=actor)
