"""Letters to the schools that took a document: it was replaced, it was withdrawn."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.network.library.models import DocumentUse, LibraryDocument
from lms.schools.teams.models import Membership, Team

SUBJECTS = {
    "replaced": "Новая редакция документа",
    "withdrawn": "Документ отозван из библиотеки",
}


def tell_schools(document: LibraryDocument, event: str, *, changes: str = "") -> None:
    """Write one letter to each school that took a document; no commit."""
    db.session.flush()
    for person, use in _readers(document):
        write_letter(
            person,
            Letter.NETWORK,
            f"{SUBJECTS[event]}: {document.title}",
            f"network/library/mail/{event}.txt",
            document=document,
            changes=changes,
            school=use.school,
        )


def _readers(document: LibraryDocument) -> Iterator[tuple[User, DocumentUse]]:
    """Return whoever pressed «Взяли себе»; for one who has left, the captain of now."""
    uses = db.session.scalars(
        sa.select(DocumentUse)
        .filter_by(document_id=document.id)
        .order_by(DocumentUse.id)
        .options(joinedload(DocumentUse.user), joinedload(DocumentUse.school))
    ).all()
    present, captains = _present(uses)
    for use in uses:
        has_left = (use.school_id, use.user_id) not in present
        captain = captains.get(use.school_id) if has_left else None
        yield captain or use.user, use


def _present(
    uses: Sequence[DocumentUse],
) -> tuple[set[tuple[int, int]], dict[int, User]]:
    """Return who is in the teams of the schools now, and one captain of each school."""
    rows = db.session.execute(
        sa.select(Team.school_id, Membership)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.left_at.is_(None))
        .where(Team.school_id.in_([use.school_id for use in uses]))
        .order_by(Membership.id)
        .options(joinedload(Membership.user))
    ).all()
    here = {(school_id, one.user_id) for school_id, one in rows}
    return here, {school_id: one.user for school_id, one in rows if one.is_captain}
