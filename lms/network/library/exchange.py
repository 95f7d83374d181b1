"""What schools do with a document: take it, and say what came of it."""

from collections.abc import Sequence

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.network.library.models import DocumentUse, LibraryDocument
from lms.network.practices import taking
from lms.schools.teams.models import School

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
