"""What schools do with a document: take it, and say what came of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.network.library.models import DocumentUse, LibraryDocument
from lms.network.practices.outsiders import refuse_names
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
    refuse_names(said)
    go_one_by_one(f"document:{document.id}:{school.id}")
    use = use_by(document, school)
    if use is None:
        here = {"document_id": document.id, "school_id": school.id}
        use = DocumentUse(**here, user_id=user.id)
        db.session.add(use)
    if said:
        use.said, use.told_at, use.user_id = said, utcnow(), user.id
    person_acted.send(user)
    db.session.commit()


def use_by(document: LibraryDocument, school: School) -> DocumentUse | None:
    """Return what a school has said of a document that it took."""
    mine = {"document_id": document.id, "school_id": school.id}
    return db.session.scalar(sa.select(DocumentUse).filter_by(**mine))


def uses_of(document: LibraryDocument) -> Sequence[DocumentUse]:
    """Return who took a document, those first who told what came of it."""
    return db.session.scalars(
        sa.select(DocumentUse)
        .filter_by(document_id=document.id)
        .order_by(DocumentUse.told_at.is_(None), DocumentUse.id)
        .options(joinedload(DocumentUse.school))
    ).all()
