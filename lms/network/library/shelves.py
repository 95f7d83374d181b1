"""Finding documents by words in any form and by kind, with who took them."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.network.library.models import (
    DocumentKind,
    LibraryDocument,
    LibraryEdition,
)
from lms.network.library.permissions import (
    IS_ON_SHELF,
    public_documents,
    visible_documents,
)
from lms.text.stems import has_stems, searchable

MOST_WITHDRAWN = 20


@dataclass(frozen=True)
class Filters:
    """What somebody looks for."""

    words: str = ""
    kind: DocumentKind | None = None


def find_documents(filters: Filters) -> sa.Select[LibraryDocument]:
    """Return the documents that fit, the latest edition first."""
    having = has_stems(LibraryDocument.words, filters.words)
    query = public_documents().where(*having)
    if filters.kind is not None:
        query = query.where(LibraryDocument.kind == filters.kind)
    latest = LibraryDocument.renewed_at.desc(), LibraryDocument.id.desc()
    return query.order_by(*latest).options(
        joinedload(LibraryDocument.edition), joinedload(LibraryDocument.author_school)
    )


def count_documents(words: str) -> int:
    """Return how many documents have all the words."""
    found = public_documents().where(*has_stems(LibraryDocument.words, words))
    count = sa.select(sa.func.count()).select_from(found.subquery())
    return db.session.scalar(count) or 0


def withdrawn_documents() -> Sequence[LibraryDocument]:
    """Return what was withdrawn last, for editors who may take it back."""
    withdrawn = visible_documents().where(~IS_ON_SHELF)
    latest = withdrawn.order_by(LibraryDocument.withdrawn_at.desc())
    return db.session.scalars(latest.limit(MOST_WITHDRAWN)).all()


def editions_of(document: LibraryDocument) -> Sequence[LibraryEdition]:
    """Return the present edition and those before it."""
    return db.session.scalars(
        sa.select(LibraryEdition)
        .filter_by(document_id=document.id)
        .order_by(LibraryEdition.number.desc())
        .options(joinedload(LibraryEdition.editor))
    ).all()


def words_of(document: LibraryDocument) -> str:
    """Return what a document is found by."""
    school = document.author_school
    texts = document.kind.value, document.title, document.about, document.source
    return searchable(*texts, school.label if school else "")
