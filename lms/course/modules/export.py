"""The course as a folder, taken back from the site."""

from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload, undefer

from lms.core.extensions import db
from lms.course.content.archive import read_folder
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.measures import write_measures
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import newest_edition


def export(target: Path) -> list[str]:
    """Write the live course as a content folder; return the names of its parts."""
    written = []
    target.mkdir(parents=True, exist_ok=True)
    for revision in db.session.scalars(
        sa.select(Revision)
        .join(Module, Module.current_revision_id == Revision.id)
        .order_by(Module.position)
        .options(
            undefer(Revision.sources),
            joinedload(Revision.module),
            selectinload(Revision.media),
        )
    ):
        written.append(folder_of(revision))
        _write_folder(target / written[-1], files_of(revision))
    if edition := newest_edition():
        for path, text in edition.sources.items():
            (target / path).write_bytes(text.encode())
            written.append(path)
    return written + write_measures(target)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files; what people hide in it stays."""
    for stale in read_folder(folder).keys() - files.keys():
        (folder / stale).unlink()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
