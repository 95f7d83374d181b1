"""What schools do with a document: give it, take it, and say what came of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.network.library.models import DocumentUse, LibraryDocument
from lms.network.library.shelves import words_of
from lms.network.practices import taking
from lms.schools.teams.models import School
from lms.schools.teams.signals import school_emptied
from lms.schools.territories.signals import schools_renamed

OWN = "Этот документ дала ваша школа."
GONE = "Документ отозвали: его больше не берут."


def take_document(
    document: LibraryDocument, said: str, *, school: School, user: User
) -> None:
    """Remember that a school has taken a document, or what has come of it since."""
    db.session.refresh(document, ["withdrawn_at"], with_for_update=True)
    if document.is_withdrawn or document.author_school_id == school.id:
        refusal = GONE if document.is_withdrawn else OWN
        db.session.rollback()
        raise RuleError(refusal)
    owner = {"document_id": document.id}
    taking.take(DocumentUse, owner, said, school=school, user=user)


def use_by(document: LibraryDocument, school: School) -> DocumentUse | None:
    """Return what a school has said of a document that it took."""
    return taking.use_by(DocumentUse, {"document_id": document.id}, school)


def uses_of(document: LibraryDocument) -> Sequence[DocumentUse]:
    """Return who took a document, those first who told what came of it."""
    return taking.uses_of(DocumentUse, {"document_id": document.id})


@schools_renamed.connect
def name_schools_anew(schools: sa.Select[int]) -> None:
    """Have documents found by the names that their schools have now."""
    given = LibraryDocument.author_school_id.in_(schools)
    _renew_words(sa.select(LibraryDocument).where(given))


@school_emptied.connect
def move_documents(school: School, *, left: int) -> None:
    """Take along which documents a school gave and took."""
    given = sa.update(LibraryDocument).filter_by(author_school_id=left)
    db.session.execute(given.values(author_school_id=school.id))
    _renew_words(sa.select(LibraryDocument).filter_by(author_school_id=school.id))
    own = sa.select(LibraryDocument.id).filter_by(author_school_id=school.id)
    taking.move(DocumentUse, "document_id", own, left=left, to=school.id)


def _renew_words(query: sa.Select[LibraryDocument]) -> None:
    with_schools = query.options(joinedload(LibraryDocument.author_school))
    for document in db.session.scalars(with_schools.order_by(LibraryDocument.id)):
        document.words = words_of(document)
