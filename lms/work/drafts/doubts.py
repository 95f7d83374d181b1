"""Second thoughts before a returned work goes out again."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import capital, plural
from lms.work.drafts.models import DraftField, DraftFile
from lms.work.submissions.models import Attempt, Submission


@dataclass(frozen=True)
class Doubts:
    """Why a team may want to look once more before it sends."""

    is_unchanged: bool
    unanswered: int

    def __bool__(self) -> bool:
        return self.is_unchanged or self.unanswered > 0

    @property
    def sentence(self) -> str:
        """«Текст не изменился, 5 замечаний без ответа.»."""
        left = plural(self.unanswered, "замечание", "замечания", "замечаний")
        parts = ["текст не изменился"] if self.is_unchanged else []
        parts += [f"{left} без ответа"] if self.unanswered else []
        said = ", ".join(parts)
        return f"{capital(said)}." if said else ""


def is_unchanged(submission: Submission, before: Attempt) -> bool:
    """Tell whether a draft says what was sent before, to the letter and file."""
    texts = dict(
        db.session.execute(
            sa.select(DraftField.key, DraftField.text)
            .where(DraftField.submission_id == submission.id)
            .order_by(DraftField.key)
        ).all()
    )
    files = db.session.scalars(
        sa.select(DraftFile.sha256)
        .where(DraftFile.submission_id == submission.id)
        .order_by(DraftFile.id)
    )
    same = all(texts.get(f["key"], "") == f["text"] for f in before.fields)
    return same and set(files) == {file.sha256 for file in before.files}
