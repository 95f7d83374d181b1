"""The form of a draft: what is asked, what is written, what competes."""

from dataclasses import dataclass
from typing import ClassVar

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.content.assignment import Assignment, Field
from lms.identity.accounts.models import User
from lms.text.stored import stored_html
from lms.work.drafts.forms import fingerprint
from lms.work.drafts.models import DraftField, DraftFile, RivalText
from lms.work.drafts.rivals import rivals_of
from lms.work.drafts.services import MAX_TEXT
from lms.work.submissions.models import Submission


@dataclass(frozen=True)
class AnswerField:
    """One field of the form: what is asked, what is written, what competes."""

    MAX_TEXT: ClassVar = MAX_TEXT

    field: Field
    text: str
    version: int
    author: User | None
    draft: DraftField | None
    rivals: list[RivalText]
    problems: list[str]

    @property
    def example_html(self) -> Markup:
        return stored_html(self.field.example_html)

    @property
    def seen(self) -> str:
        return fingerprint(self.text)

    @property
    def left(self) -> int:
        return self.field.max_chars - len(self.text)


def answer_fields_of(
    submission: Submission,
    assignment: Assignment,
    problems: list[tuple[str, str]],
) -> list[AnswerField]:
    """Return the form of a draft; two statements whatever the number of fields."""
    drafts = {
        draft.key: draft
        for draft in db.session.scalars(
            sa.select(DraftField)
            .where(DraftField.submission_id == submission.id)
            .options(joinedload(DraftField.author))
        )
    }
    rivals = rivals_of(submission)
    return [
        _answer_field(field, drafts.get(field.key), rivals.get(field.key, []), problems)
        for field in assignment.fields
    ]


def _answer_field(
    field: Field,
    draft: DraftField | None,
    rivals: list[RivalText],
    problems: list[tuple[str, str]],
) -> AnswerField:
    return AnswerField(
        field=field,
        text=draft.text if draft else "",
        version=draft.version if draft else 0,
        author=draft.author if draft else None,
        draft=draft,
        rivals=rivals,
        problems=[sentence for key, sentence in problems if key == field.key],
    )


def files_of(submission: Submission) -> list[DraftFile]:
    """Return the files of the draft in the order in which they came."""
    return list(
        db.session.scalars(
            sa.select(DraftFile)
            .where(DraftFile.submission_id == submission.id)
            .order_by(DraftFile.id)
        )
    )
