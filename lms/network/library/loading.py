"""Documents of the library for a page: found, or else 404."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.network.library.models import LibraryDocument, LibraryEdition
from lms.network.library.permissions import schools_to_name, visible_documents
from lms.schools.teams.models import School


def get_document(document_id: int) -> LibraryDocument:
    """Load a document, withdrawn or not."""
    document: LibraryDocument = db.first_or_404(
        visible_documents()
        .where(LibraryDocument.id == document_id)
        .options(joinedload(LibraryDocument.author_school))
    )
    return document


def get_edition(document: LibraryDocument, number: int) -> LibraryEdition:
    """Load an edition of a document."""
    query = sa.select(LibraryEdition)
    edition: LibraryEdition = db.first_or_404(
        query.filter_by(document_id=document.id, number=number)
    )
    return edition


def nameable_schools(document: LibraryDocument | None = None) -> Sequence[School]:
    """Return the schools that the current editor may name, and the one that is named.

    Another editor may have named it.
    """
    schools = list(db.session.scalars(schools_to_name(current_user)))
    named = document.author_school if document else None
    return schools if named is None or named in schools else [named, *schools]
