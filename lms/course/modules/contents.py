"""What revisions hold, read once by each process: a revision never changes.

Which revision is read is asked of the database every time, so a page shows what was
published a moment ago, or what was brought back, by whatever process.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.file_types import MEDIA_TYPES
from lms.course.content.reports import ModuleContent
from lms.course.modules.drawings import write_drawings
from lms.course.modules.files import MEDIA, media_path
from lms.course.modules.models import MediaFile, Revision

# Three courses of ten lessons; each takes up to half a megabyte.
KEPT_REVISIONS = 32


class Named(Protocol):
    """A revision, or what a list knows of it: which one it is."""

    # The hash tells apart what had the same id before a backup was brought back.
    @property
    def id(self) -> int: ...

    @property
    def content_hash(self) -> str: ...


@dataclass(frozen=True)
class Download:
    """A document as a lesson offers it."""

    title: str
    kind: str
    size: int
    url: str


def content_of(revision: Named) -> ModuleContent:
    """Return everything that a revision holds, ready to be shown; not to be changed."""
    return _read_content(revision.id, revision.content_hash)


def drawn_content_of(revision: Named) -> ModuleContent:
    """Return the same for a reader of the lesson, its drawings a part of the page.

    In what is stored they are pictures: who compares or searches meets no shapes.
    """
    return _read_drawn_content(revision.id, revision.content_hash)


def downloads_of(revision: Named) -> tuple[Download, ...]:
    """Return the documents of a revision with their addresses."""
    return _read_downloads(revision.id, revision.content_hash)


@lru_cache(maxsize=KEPT_REVISIONS)
def _read_content(revision_id: int, _content_hash: str) -> ModuleContent:
    stored = sa.select(Revision.content).where(Revision.id == revision_id)
    return ModuleContent.model_validate(db.session.scalars(stored).one())


@lru_cache(maxsize=KEPT_REVISIONS)
def _read_drawn_content(revision_id: int, content_hash: str) -> ModuleContent:
    content = _read_content(revision_id, content_hash)
    drawings = sa.select(MediaFile.name, MediaFile.sha256).where(
        MediaFile.revision_id == revision_id,
        MediaFile.media_type == MEDIA_TYPES["svg"],
    )
    stored = {
        media_path(content.slug, name, sha256): sha256
        for name, sha256 in db.session.execute(drawings)
    }
    text = write_drawings(content.lesson.html, stored)
    lesson = content.lesson.model_copy(update={"html": text})
    return content.model_copy(update={"lesson": lesson})


@lru_cache(maxsize=KEPT_REVISIONS)
def _read_downloads(revision_id: int, content_hash: str) -> tuple[Download, ...]:
    content = _read_content(revision_id, content_hash)
    media = sa.select(MediaFile).where(MediaFile.revision_id == revision_id)
    hashes = {MEDIA + one.name: one.sha256 for one in db.session.scalars(media)}
    return tuple(
        Download(
            title=document.title,
            kind=document.path.rpartition(".")[2].upper(),
            size=document.size,
            url=media_path(
                content.slug,
                document.path.removeprefix(MEDIA),
                hashes[document.path],
            ),
        )
        for document in content.documents
    )
