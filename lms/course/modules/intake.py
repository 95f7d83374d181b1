"""How the files of a module become its next revision."""

import hashlib
import logging
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.links import site_path
from lms.core.sandbox import Sandbox
from lms.course.content.content import check_module
from lms.course.content.reports import ModuleContent, Report
from lms.course.modules.files import MEDIA, files_hash, media_path, store_media
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import newest_revision, number_is_taken
from lms.identity.accounts.models import User

logger = logging.getLogger(__name__)


class ContentError(RuleError):
    """Files that did not become a revision; the report names every reason."""

    def __init__(self, report: Report) -> None:
        self.report = report
        count = plural(len(report.errors), "ошибка", "ошибки", "ошибок")
        super().__init__(f"В занятии {count}, поэтому ничего не сохранено.")


def check_files(
    folder: str,
    files: Mapping[str, bytes],
    *,
    neighbours: Collection[str] = (),
    sandbox: Sandbox | None = None,
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
        sandbox=sandbox,
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
        raise RuleError(number_is_taken(content.order)) from None
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
        "rubric_hash": assignment and assignment.rubric_hash,
        "has_samples": content.tutor is not None,
        "content": content.model_dump(mode="json"),
    }


def _is_same(newest: Revision, revision: Revision) -> bool:
    same_files = newest.content_hash == revision.content_hash
    return same_files and newest.content == revision.content
