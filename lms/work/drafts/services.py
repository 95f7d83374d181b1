"""Writing together: the shared draft in which nobody overwrites anybody."""

import logging
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.drafts.history import write_history
from lms.work.drafts.models import DraftField, RivalText
from lms.work.submissions.models import EDITABLE, Submission
from lms.work.submissions.services import lock_work_in, task_of

logger = logging.getLogger(__name__)

# A longer text than the field allows is kept, so that it can be shortened; this
# much is more than any field ever allows.
MAX_TEXT = 20_000


@dataclass(frozen=True)
class Saved:
    """What became of a text: the field's version now, and whether it is a rival."""

    version: int
    is_rival: bool = False


def save_field(
    submission: Submission, key: str, text: str, *, base_version: int, author: User
) -> Saved:
    """Save one field if nobody saved it since `base_version`; else keep both texts.

    Two members write at once, so the version in the database, not the one on the
    page, decides. The text that came second is stored beside the first as a rival
    and the team chooses.
    """
    lock_field(submission, key, text)
    if move_field(submission, key, text, base_version, author):
        saved = Saved(base_version + 1)
        write_history(submission, key, text, saved.version, author)
    else:
        saved = _keep_beside(submission, key, text, author)
    person_acted.send(author)
    db.session.commit()
    logger.info(
        "submission %s: %s %s by user %s",
        submission.id,
        key,
        "rival" if saved.is_rival else f"v{saved.version}",
        author.id,
    )
    return saved


def lock_field(submission: Submission, key: str, text: str) -> None:
    """Hold a work that may still be written, or refuse the text of a field."""
    if len(text) > MAX_TEXT:
        raise RuleError(
            f"Текст длиннее {MAX_TEXT} знаков не помещается в поле. Приложите файл."
        )
    refusal = "Работа уже отправлена, её текст больше не меняется."
    lock_work_in(submission, EDITABLE, refusal=refusal)
    assignment = task_of(submission)
    if key not in {field.key for field in assignment.fields}:
        raise RuleError("Такого поля в задании больше нет. Обновите страницу.")


def move_field(
    submission: Submission, key: str, text: str, base_version: int, author: User
) -> bool:
    """Move the field from `base_version` to the next; tell whether that happened."""
    if base_version == 0:
        first = DraftField(
            submission_id=submission.id, key=key, text=text, author_id=author.id
        )
        try:
            with db.session.begin_nested():
                db.session.add(first)
        except sa.exc.IntegrityError:
            return False
        return True
    moved = db.session.execute(
        sa.update(DraftField)
        .where(
            DraftField.submission_id == submission.id,
            DraftField.key == key,
            DraftField.version == base_version,
        )
        .values(
            text=text,
            version=base_version + 1,
            author_id=author.id,
            saved_at=utcnow(),
        )
    )
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]


def _keep_beside(submission: Submission, key: str, text: str, author: User) -> Saved:
    current = db.session.get_one(
        DraftField, (submission.id, key), populate_existing=True
    )
    if current.text == text:
        return Saved(current.version)
    rival = db.session.scalar(
        sa.select(RivalText).where(
            RivalText.submission_id == submission.id,
            RivalText.key == key,
            RivalText.author_id == author.id,
        )
    )
    if rival is None:
        rival = RivalText(submission_id=submission.id, key=key, author_id=author.id)
        db.session.add(rival)
    rival.text, rival.saved_at = text, utcnow()
    return Saved(current.version, is_rival=True)
