"""Files on their way: what was promised, and the pieces that have come."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, Term, personal
from lms.work.submissions.models import Submission


class Upload(Model):
    """A file that one person is sending to one work."""

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(sa.ForeignKey("submission.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    size: Mapped[int]
    # When the file was changed on the person's own machine: by it, the name and the
    # size a file is known again that is chosen anew.
    mark: Mapped[str] = mapped_column(sa.String(40))
    # How many bytes are stored; the next piece begins here.
    offset: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime] = mapped_column(default=utcnow, index=True)
    # The row stays for a while, so that a repeated last word is answered the same.
    finished_at: Mapped[datetime | None]

    submission: Mapped[Submission] = relationship()

    @property
    def is_whole(self) -> bool:
        return self.offset == self.size


personal(
    Upload,
    "Файлы, которые вы сейчас загружаете",
    Purpose.STUDY,
    of={"user_id": DELETED},
    term=Term.UNTIL_DONE,
    told="submission_id name touched_at",
    free="name",
    plain="id size mark offset finished_at",
)


class Piece(Model):
    """Bytes of a file from an offset on; in the database they are stored or not."""

    upload_id: Mapped[int] = mapped_column(sa.ForeignKey("upload.id"), primary_key=True)
    offset: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


personal(
    Piece,
    "Файлы, которые вы сейчас загружаете: их части",
    Purpose.STUDY,
    of={"upload_id.user_id": DELETED},
    term=Term.UNTIL_DONE,
    withheld="content",
    plain="offset",
)
