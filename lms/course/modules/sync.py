"""The course from a folder: `content/` seeds the site; `export.py` takes it back."""

import difflib
import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.links import site_path
from lms.core.sandbox import Sandbox
from lms.course.content.archive import content_hash, read_folder
from lms.course.content.content import (
    COURSE_TEXTS,
    check_course,
    module_folders,
    open_module_sandbox,
)
from lms.course.content.measures import Measures
from lms.course.content.problems import Problem, Problems
from lms.course.modules.files import files_hash, files_of
from lms.course.modules.intake import ContentError, check_files, import_revision
from lms.course.modules.measures import import_measures, is_wrong
from lms.course.modules.models import CourseEdition, Module, Revision
from lms.course.modules.services import newest_edition, newest_revision, publish
from lms.course.modules.signals import course_imported
from lms.identity.accounts.consents import import_consent

MEASURES = "диагностика и опросы"


class Result(enum.Enum):
    """What became of one part of the folder. The value is what people read."""

    IMPORTED = "сохранено"
    SAME = "без изменений"
    EDITED = "на сайте другое, не тронуто"
    WRONG = "есть ошибки, ничего не сохранено"


@dataclass(frozen=True)
class Outcome:
    """What became of one module, or of `course.md`, and why."""

    name: str
    result: Result
    revision: Revision | None = None
    problems: tuple[Problem, ...] = ()
    difference: str = ""
    message: str = ""

    @property
    def is_refused(self) -> bool:
        return self.result in {Result.EDITED, Result.WRONG}


def sync(
    root: Path, *, live: bool = False, overwrite: Collection[str] = ()
) -> Iterator[Outcome]:
    """Import what changed in a content folder; with `live`, publish it at once.

    A module that was edited on the site since its last import stays as it is,
    unless its slug is in `overwrite`.
    """
    problems = Problems()
    folders = module_folders(root, problems)
    if problems.has_errors:
        yield Outcome(str(root), Result.WRONG, problems=tuple(problems))
        return
    slugs = [folder.name.partition("-")[2] for folder in folders]
    with open_module_sandbox() as sandbox:
        for folder in folders:
            yield _sync_module(folder, slugs, sandbox, live=live, overwrite=overwrite)
    texts = {path: root / path for path in COURSE_TEXTS}
    yield import_course(
        {path: file.read_bytes() for path, file in texts.items() if file.is_file()},
        neighbours=slugs,
    )
    if measures := import_measures(root):
        yield _outcome_of(measures)


def import_course(
    files: Mapping[str, bytes], *, neighbours: Collection[str] = ()
) -> Outcome:
    """Store `course.md` and `consent.md` if they changed and nothing is wrong."""
    outcome = _import_course(files, neighbours)
    if not outcome.is_refused:
        course_imported.send(None)
    return outcome


def _import_course(files: Mapping[str, bytes], neighbours: Collection[str]) -> Outcome:
    name, found = "course.md", content_hash(files)
    edition = newest_edition()
    if edition and edition.content_hash == found:
        return Outcome(name, Result.SAME)
    slugs = {*db.session.scalars(sa.select(Module.slug)), *neighbours}
    db.session.rollback()
    report = check_course(
        files,
        module_url=lambda slug: site_path("modules.read", slug=slug),
        known_slugs=slugs,
    )
    if report.course is None or report.consent is None:
        return Outcome(name, Result.WRONG, problems=tuple(report.problems))
    consent = report.consent
    try:
        import_consent(consent.version, consent.title, consent.html)
    except RuleError as refusal:
        return Outcome(name, Result.WRONG, message=str(refusal))
    db.session.add(
        CourseEdition(
            content_hash=found,
            sources={path: content.decode() for path, content in files.items()},
            content=report.course.model_dump(mode="json"),
        )
    )
    db.session.commit()
    return Outcome(name, Result.IMPORTED, problems=tuple(report.problems))


def _outcome_of(measures: Measures) -> Outcome:
    result = Result.WRONG if is_wrong(measures) else Result.IMPORTED
    return Outcome(MEASURES, result, problems=tuple(measures.problems))


def _sync_module(
    folder: Path,
    slugs: Collection[str],
    sandbox: Sandbox,
    *,
    live: bool,
    overwrite: Collection[str],
) -> Outcome:
    files = read_folder(folder)
    found = files_hash(folder.name, files)
    if known := _known_outcome(folder.name, files, found, overwrite):
        return known
    report = check_files(folder.name, files, neighbours=slugs, sandbox=sandbox)
    try:
        revision = import_revision(
            folder.name, files, author=None, note="Из папки курса", report=report
        )
        if live:
            publish(revision, actor=None)
    except ContentError as refusal:
        problems = tuple(refusal.report.problems)
        return Outcome(folder.name, Result.WRONG, problems=problems)
    except RuleError as refusal:
        return Outcome(folder.name, Result.WRONG, message=str(refusal))
    revision.module.imported_hash = found
    db.session.commit()
    return Outcome(folder.name, Result.IMPORTED, revision)


def _known_outcome(
    name: str, files: Mapping[str, bytes], found: str, overwrite: Collection[str]
) -> Outcome | None:
    """Return what becomes of a module that needs no import, or must have none."""
    slug = name.partition("-")[2]
    module = db.session.scalar(sa.select(Module).where(Module.slug == slug))
    newest = newest_revision(module) if module else None
    if module is None or newest is None:
        return None
    on_site = {newest.content_hash}
    if module.current_revision:
        on_site.add(module.current_revision.content_hash)
    if module.imported_hash == found:
        return Outcome(name, Result.SAME)
    if found in on_site:
        module.imported_hash = found
        db.session.commit()
        return Outcome(name, Result.SAME)
    if newest.content_hash != module.imported_hash and slug not in overwrite:
        difference = "".join(_difference(name, newest, files))
        return Outcome(name, Result.EDITED, newest, difference=difference)
    return None


def _difference(
    folder: str, newest: Revision, files: Mapping[str, bytes]
) -> Iterator[str]:
    """Show what the folder would put in place of what the site has."""
    on_site = files_of(newest)
    for path in sorted({*on_site, *files}):
        before, after = on_site.get(path, b""), files.get(path, b"")
        if before == after:
            continue
        if not path.endswith(".md"):
            yield f"{path}: файлы на сайте и в папке разные\n"
            continue
        yield from difflib.unified_diff(
            before.decode(errors="replace").splitlines(keepends=True),
            after.decode(errors="replace").splitlines(keepends=True),
            f"сайт/{folder}/{path}",
            f"папка/{folder}/{path}",
        )
