"""What may happen to a module: new revisions, publishing, withdrawing."""

import hashlib
import logging
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.accounts.models import User
from lms.audit.services import record
from lms.database import utcnow
from lms.errors import RuleError
from lms.extensions import db
from lms.language import plural
from lms.links import site_path
from lms.modules.content import ModuleContent, Report, check_module
from lms.modules.course import Course
from lms.modules.files import MEDIA, files_hash, media_path, store_media
from lms.modules.models import CourseEdition, Module, ReadMark, Revision

logger = logging.getLogger(__name__)


class ContentError(RuleError):
    """Files that did not become a revision; the report names every reason."""

    def __init__(self, report: Report) -> None:
        self.report = report
        count = plural(len(report.errors), "ошибка", "ошибки", "ошибок")
        super().__init__(f"В модуле {count}, поэтому ничего не сохранено.")


def current_course() -> Course | None:
    """Return the newest state of `course.md`, or None before its first import."""
    newest = sa.select(CourseEdition).order_by(CourseEdition.id.desc()).limit(1)
    edition = db.session.scalar(newest)
    return Course.model_validate(edition.content) if edition else None


def content_of(revision: Revision) -> ModuleContent:
    """Return everything that a revision holds, ready to be shown."""
    return ModuleContent.model_validate(revision.content)


def newest_revision(module: Module) -> Revision | None:
    """Return the latest revision of a module, whether it is live or not."""
    return db.session.scalar(
        sa.select(Revision)
        .where(Revision.module_id == module.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def check_files(
    folder: str, files: Mapping[str, bytes], *, neighbours: Collection[str] = ()
) -> Report:
    """Check the files of one module and render them with the addresses of the site.

    It may take seconds, so whatever transaction the caller had has ended before.
    """
    slugs = {*db.session.scalars(sa.select(Module.slug)), *neighbours}
    db.session.rollback()
    own_slug = folder.partition("-")[2]

    def media_url(path: str) -> str:
        sha256 = hashlib.sha256(files[path]).hexdigest()
        return media_path(own_slug, path.removeprefix(MEDIA), sha256)

    return check_module(
        folder,
        files,
        media_url=media_url,
        module_url=lambda slug: site_path("modules.read", slug=slug),
        known_slugs=slugs,
    )


def import_revision(
    folder: str,
    files: Mapping[str, bytes],
    *,
    author: User | None,
    note: str,
    neighbours: Collection[str] = (),
    report: Report | None = None,
    after: int | None = None,
) -> Revision:
    """Store the files of a module as its next revision, or raise `ContentError`.

    Rendering and writing to the disk come first, so that the transaction is short.
    What the newest revision holds already makes no other one. A `report` that
    `check_files` has just made of the same files is taken as it is. `after` is the
    number of the revision that an editor began from; if it is not the newest any
    more, nobody's text is lost: nothing is stored.
    """
    author_id = author.id if author else None
    report = report or check_files(folder, files, neighbours=neighbours)
    if report.module is None:
        raise ContentError(report)
    media = store_media(files)
    module = _module_for(report.module)
    newest = newest_revision(module)
    if after is not None and newest and newest.number != after:
        db.session.rollback()
        raise RuleError(
            f"Пока вы правили, появилась версия {newest.number}. Ваши тексты ниже,"
            " они не сохранены. Сравните и перенесите чужие правки к себе."
        )
    revision = Revision(
        module=module,
        number=newest.number + 1 if newest else 1,
        content_hash=files_hash(folder, files),
        sources={p: text.decode() for p, text in files.items() if p.endswith(".md")},
        author_id=author_id,
        note=note,
        media=media,
        **_facts(report.module),
    )
    if newest and _is_same(newest, revision):
        db.session.rollback()
        return newest
    db.session.add(revision)
    db.session.commit()
    logger.info("revision %s: %s by user %s", revision.id, folder, author_id)
    return revision


def publish(
    revision: Revision, *, actor: User | None, instead_of: int | None = None
) -> None:
    """Let everybody read a revision from now on; publishing it again is no event.

    `instead_of` is the number of the revision that the admin saw live (0: none). If
    a colleague has published another one meanwhile, nothing moves.
    """
    module = revision.module
    db.session.refresh(module)
    live = module.current_revision
    if live is revision:
        return
    number = live.number if live else 0
    if instead_of not in (None, number):
        raise RuleError(_moved_on(live))
    if not _move_pointer(module, live, revision):
        db.session.refresh(module)
        if module.current_revision is not revision:
            raise RuleError(_moved_on(module.current_revision))
        return
    record(
        actor.id if actor else None,
        "опубликован модуль",
        module,
        before={"версия": number or None},
        after={"модуль": module.slug, "версия": revision.number},
    )
    db.session.commit()
    logger.info("module %s: revision %s is live", module.id, revision.number)


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
    db.session.commit()
    logger.info("module %s: withdrawn", module.id)


def mark_read(module: Module, *, user: User, is_read: bool) -> None:
    """Set or take back a reader's own «Прочитано»; doing it twice is no mistake."""
    key = {"user_id": user.id, "module_id": module.id}
    if not is_read:
        db.session.execute(sa.delete(ReadMark).filter_by(**key))
    elif db.session.get(ReadMark, key) is None:
        db.session.add(ReadMark(**key))
    try:
        db.session.commit()
    except IntegrityError:  # the other of two clicks was faster
        db.session.rollback()


def _moved_on(live: Revision | None) -> str:
    what = f"опубликована версия {live.number}" if live else "модуль снят с публикации"
    return (
        f"Пока вы смотрели, {what}. Сравните с ней и опубликуйте свою версию, "
        "если она нужнее."
    )


def _move_pointer(module: Module, live: Revision | None, to: Revision | None) -> bool:
    """Move the pointer if it is still where it was; only one of two rivals does."""
    values: dict[str, object] = {"current_revision_id": to and to.id}
    values |= (
        {"position": to.position, "withdrawn_at": None}
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
        raise RuleError(_taken(to.position if to else 0)) from None
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def _taken(position: int) -> str:
    other = db.session.scalar(sa.select(Module).where(Module.position == position))
    name = f"у модуля «{other.slug}»" if other else "у другого модуля"
    return f"Номер {position:02} уже {name}. Возьмите для папки другой номер."


def _module_for(content: ModuleContent) -> Module:
    """Find or make the module, and let nobody else add a revision meanwhile."""
    query = sa.select(Module).where(Module.slug == content.slug).with_for_update()
    if module := db.session.scalar(query):
        return module
    module = Module(slug=content.slug, position=content.order)
    try:
        with db.session.begin_nested():
            db.session.add(module)
    except IntegrityError:
        if just_made := db.session.scalar(query):
            return just_made
        raise RuleError(_taken(content.order)) from None
    return module


def _facts(content: ModuleContent) -> dict[str, object]:
    """Return what lists and rules need to know beside the content itself."""
    lesson, assignment = content.lesson, content.assignment
    return {
        "position": content.order,
        "title": lesson.title,
        "short_title": lesson.short_title or lesson.title,
        "summary": lesson.summary,
        "minutes": lesson.minutes,
        "assignment_title": assignment and assignment.title,
        "assignment_by": assignment and assignment.by,
        "work_required": bool(assignment and assignment.required),
        "has_quiz": content.quiz is not None,
        "content": content.model_dump(mode="json"),
    }


def _is_same(newest: Revision, revision: Revision) -> bool:
    same_files = newest.content_hash == revision.content_hash
    return same_files and newest.content == revision.content
