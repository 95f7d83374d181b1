"""What may happen to a document: added, corrected, replaced, withdrawn, taken back."""

import io
import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.language import file_size
from lms.core.storage import StoredFile, store_file
from lms.core.together import correct
from lms.course.content.file_types import DOCUMENTS, named
from lms.course.content.judging import judge_file
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.network.library.letters import tell_schools
from lms.network.library.models import LibraryDocument, LibraryEdition
from lms.network.library.shelves import words_of
from lms.work.quotas.services import charge

logger = logging.getLogger(__name__)

ACCEPT = ",".join(f".{kind}" for kind in DOCUMENTS)
RULES = (
    f"Один файл не больше {file_size(MAX_FILE)}: {named(DOCUMENTS)}. Его откроют все, и"
    " без входа на сайт: проверьте, что в нём нет имён детей, телефонов и подписей."
)
REPLACED = (
    "Пока вы готовили файл, документ заменил кто-то ещё: его редакция показана ниже, и"
    " она цела. Если ваша новее, отправьте её ещё раз: файл и слова остались."
)
WITHDRAWN = "Документ отозван. Сначала верните его в библиотеку, потом заменяйте."


class Edition(NamedTuple):
    """A file as it was sent, from which day it is in force, and what it changes."""

    name: str
    content: bytes
    valid_from: date | None = None
    changes: str = ""


class MovedOnError(RuleError):
    """The document is no longer what the page has shown; the file is not to blame."""


class KnownFileError(RuleError):
    """The library has this very file already; `document_id` tells where."""

    def __init__(self, document: LibraryDocument) -> None:
        end = ", но документ отозван" if document.is_withdrawn else ""
        super().__init__(f"Такой файл уже есть в библиотеке: «{document.title}»{end}.")
        self.document_id = document.id


def add_document(
    words: Mapping[str, Any],
    edition: Edition,
    *,
    editor: User,
    form_key: str | None = None,
) -> LibraryDocument:
    """Put a document into the library; the same file is there once."""
    name, kind = _judge(edition)
    if known := added_before(LibraryDocument, form_key):
        return known
    stored = _store(edition, editor)
    document = LibraryDocument(form_key=form_key, **words)
    db.session.add(document)
    _put(document, edition, stored, name=name, kind=kind, editor=editor)
    document.words = words_of(document)
    record(editor.id, "документ добавлен в библиотеку", document, after={"файл": name})
    db.session.commit()
    logger.info("library document %s: added by user %s", document.id, editor.id)
    return document


def edit_document(
    document: LibraryDocument, words: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct what is said of a document, unless a colleague has since `seen`."""
    before = _facts(document)
    correct(document, words, seen=seen)
    db.session.flush()
    db.session.refresh(document, ["author_school"])
    document.words = words_of(document)
    facts = {"before": before, "after": _facts(document)}
    record(author.id, "изменён документ библиотеки", document, **facts)
    db.session.commit()


def replace_document(
    document: LibraryDocument,
    edition: Edition,
    *,
    seen: int,
    editor: User,
    form_key: str | None = None,
) -> None:
    """Put a new edition before the one that the page has shown (`seen`).

    Of two editors at once one is refused; nothing that is stored gives way. The
    schools that took the document are told.
    """
    name, kind = _judge(edition)
    if added_before(LibraryEdition, form_key, document_id=document.id):
        return
    _lock(document)
    if document.is_withdrawn or document.number != seen:
        refusal = WITHDRAWN if document.is_withdrawn else REPLACED
        db.session.rollback()
        raise MovedOnError(refusal)
    stored = _store(edition, editor, of=document)
    document.number += 1
    document.renewed_at = utcnow()
    facts: dict[str, Any] = {"name": name, "kind": kind, "form_key": form_key}
    _put(document, edition, stored, editor=editor, **facts)
    after = {"редакция": document.number, "файл": name}
    record(editor.id, "заменён документ библиотеки", document, after=after)
    tell_schools(document, "replaced", changes=edition.changes)
    db.session.commit()
    logger.info("library document %s: replaced by user %s", document.id, editor.id)


def withdraw_document(document: LibraryDocument, note: str, *, editor: User) -> None:
    """Stop the downloads of all editions at once; the page says so, and why."""
    _lock(document)
    if document.is_withdrawn:
        db.session.rollback()
        return
    document.withdrawn_at, document.note = utcnow(), note
    facts = {"причина": note}
    record(editor.id, "отозван документ библиотеки", document, after=facts)
    tell_schools(document, "withdrawn")
    db.session.commit()
    logger.info("library document %s: withdrawn by user %s", document.id, editor.id)


def restore_document(document: LibraryDocument, *, editor: User) -> None:
    """Put a withdrawn document back as it was."""
    _lock(document)
    if not document.is_withdrawn:
        db.session.rollback()
        return
    document.withdrawn_at, document.note = None, ""
    record(editor.id, "возвращён документ библиотеки", document)
    db.session.commit()
    logger.info("library document %s: restored by user %s", document.id, editor.id)


def _judge(edition: Edition) -> tuple[str, str]:
    """Return a safe name of the file and its kind."""
    name = clean_name(edition.name)
    return name, judge_file(name, edition.content, DOCUMENTS)


def _store(
    edition: Edition, editor: User, *, of: LibraryDocument | None = None
) -> StoredFile:
    """Store a file that no document has; one of its own former files may come again."""
    charge(editor.id, len(edition.content))
    stored = store_file(io.BytesIO(edition.content))
    go_one_by_one(f"library:{stored.sha256}")
    is_former = sa.and_(
        LibraryDocument.id == (of.id if of else None),
        LibraryEdition.number < LibraryDocument.number,
    )
    known = db.session.scalar(
        sa.select(LibraryDocument)
        .join(LibraryEdition, LibraryEdition.document_id == LibraryDocument.id)
        .where(LibraryEdition.sha256 == stored.sha256, sa.not_(is_former))
        .limit(1)
    )
    if known:
        error = KnownFileError(known)
        db.session.rollback()
        raise error
    return stored


def _put(
    document: LibraryDocument,
    edition: Edition,
    stored: StoredFile,
    *,
    name: str,
    kind: str,
    editor: User,
    form_key: str | None = None,
) -> None:
    db.session.flush()
    db.session.add(
        LibraryEdition(
            document_id=document.id,
            number=document.number,
            valid_from=edition.valid_from,
            changes=edition.changes,
            editor_id=editor.id,
            form_key=form_key,
            sha256=stored.sha256,
            name=name,
            media_type=DOCUMENTS[kind],
            size=stored.size,
        )
    )


def _lock(document: LibraryDocument) -> None:
    """Hold the row until the commit, and read anew how it stands."""
    names = ["number", "withdrawn_at", "version"]
    db.session.refresh(document, names, with_for_update=True)


def _facts(document: LibraryDocument) -> dict[str, str]:
    school = document.author_school
    return {
        "вид": document.kind.value,
        "title": document.title,
        "о чём": document.about,
        "источник": document.source,
        "школа": school.label if school else "",
    }
