"""The tables of the library: documents, their editions, the schools that took them."""

import enum
from datetime import date, datetime
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, impersonal, personal
from lms.core.storage import NamedFile
from lms.core.together import EditedTogether
from lms.identity.accounts.models import User
from lms.network.practices.models import Taken
from lms.schools.teams.models import School

OF_DOCUMENT = {"document_id": "документ"}


class DocumentKind(enum.Enum):
    """What a document is. The value is what people read."""

    ORDER = "приказ"
    RULES = "положение"
    CONTRACT = "договор"
    PLAN = "план"
    METHOD = "методика"
    FORM = "форма"


class LibraryDocument(EditedTogether, Model):
    """A document that a school may take for itself; its file comes in editions."""

    __table_args__ = (sa.Index("ix_library_document_shelf", "withdrawn_at", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind]
    title: Mapped[str] = mapped_column(sa.String(120))
    # What it is good for, in a line or two.
    about: Mapped[str] = mapped_column(sa.String(300), default="")
    # Where it was taken from, in words.
    source: Mapped[str] = mapped_column(sa.String(200))
    author_school_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("school.id"), index=True
    )
    # The number of the present edition, and when that came.
    number: Mapped[int] = mapped_column(default=1)
    renewed_at: Mapped[datetime] = mapped_column(default=utcnow)
    withdrawn_at: Mapped[datetime | None]
    # Why it was withdrawn, for everybody.
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    # The stems of what the list shows, each between spaces; searched, never read.
    words: Mapped[str] = mapped_column(sa.Text, default="", deferred=True)

    author_school: Mapped[School | None] = relationship()
    edition: Mapped["LibraryEdition"] = relationship(
        primaryjoin=lambda: sa.and_(
            LibraryDocument.id == foreign(LibraryEdition.document_id),
            LibraryDocument.number == foreign(LibraryEdition.number),
        ),
        viewonly=True,
    )

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


impersonal(
    LibraryDocument,
    "id kind author_school_id number renewed_at withdrawn_at version form_key",
    free="title about source note words",
    called="title",
)


class LibraryEdition(NamedFile, FromForm, Immutable, Model):
    """The file of a document from a day on; earlier ones stay readable."""

    __table_args__ = (sa.UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("library_document.id"))
    number: Mapped[int]
    # From which day the document is in force, where it is one of those that are.
    valid_from: Mapped[date | None]
    # What differs from the edition before.
    changes: Mapped[str] = mapped_column(sa.String(200), default="")
    editor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(default=utcnow)

    editor: Mapped[User] = relationship()

    @property
    def extension(self) -> str:
        """«docx»."""
        return PurePosixPath(self.name).suffix.lower().removeprefix(".")


personal(
    LibraryEdition,
    "Документы, которые вы положили в библиотеку",
    Purpose.PLAN,
    of={"editor_id": NAMELESS},
    told="document_id number added_at",
    words=OF_DOCUMENT | {"number": "редакция", "added_at": "когда положили"},
    free="changes name",
    plain="id valid_from sha256 media_type size form_key",
)


class DocumentUse(Taken, Model):
    """A school has taken a document; whoever pressed the button hears of changes."""

    __table_args__ = (sa.UniqueConstraint("document_id", "school_id"),)

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("library_document.id"))

    user: Mapped[User] = relationship()


personal(
    DocumentUse,
    "Документы, о которых вы сказали, что школа взяла их себе",
    Purpose.PLAN,
    of={"user_id": NAMELESS},
    told="document_id said taken_at",
    words=OF_DOCUMENT | {"said": "что вышло"},
    free="said",
    plain="id school_id told_at",
)
