"""Writing together: the shared draft in which nobody overwrites anybody."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.drafts.models import DraftField, FieldVersion, RivalText
from lms.work.submissions.models import EDITABLE, Submission
from lms.work.submissions.services import lock_work_in, task_of

logger = logging.getLogger(__name__)

# A longer text than the field allows is kept, so that it can be shortened; this
# much is more than any field ever allows.
MAX_TEXT = 20_000
# Saves of one person within this time are one entry of the field's history.
SITTING = timedelta(minutes=10)
# Two who write at once make an entry with each save, so the oldest ones go.
MOST_ENTRIES = 100


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
    _check(submission, key, text)
    if _advance(submission, key, text, base_version, author):
        saved = Saved(base_version + 1)
        _write_history(submission, key, text, saved.version, author)
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


def _check(submission: Submission, key: str, text: str) -> None:
    if len(text) > MAX_TEXT:
        raise RuleError(
            f"Текст длиннее {MAX_TEXT} знаков не помещается в поле. Приложите файл."
        )
    refusal = "Работа уже отправлена, её текст больше не меняется."
    lock_work_in(submission, EDITABLE, refusal=refusal)
    assignment = task_of(submission)
    if key not in {field.key for field in assignment.fields}:
        raise RuleError("Такого поля в задании больше нет. Обновите страницу.")


def _advance(
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


def _write_history(
    submission: Submission, key: str, text: str, version: int, author: User
) -> None:
    """Add the text to the field's history; one sitting of one person is one entry."""
    last = db.session.scalar(
        sa.select(FieldVersion)
        .where(FieldVersion.submission_id == submission.id, FieldVersion.key == key)
        .order_by(FieldVersion.id.desc())
        .limit(1)
    )
    now = utcnow()
    same_sitting = (
        last is not None
        and last.author_id == author.id
        and abs(now - last.began_at) < SITTING
    )
    if last is None or not same_sitting:
        _drop_oldest(submission, key)
        last = FieldVersion(
            submission_id=submission.id, key=key, author_id=author.id, began_at=now
        )
        db.session.add(last)
    last.text, last.version, last.saved_at = text, version, now


def _drop_oldest(submission: Submission, key: str) -> None:
    """Make room for one more entry of a field's history."""
    theirs = sa.select(FieldVersion.id).filter_by(submission_id=submission.id, key=key)
    oldest = theirs.order_by(FieldVersion.id.desc()).offset(MOST_ENTRIES - 1)
    # A limit, because SQLite knows no offset without one.
    too_many = list(db.session.scalars(oldest.limit(MOST_ENTRIES)))
    if too_many:
        gone = sa.delete(FieldVersion).where(FieldVersion.id.in_(too_many))
        db.session.execute(gone)


def settle(
    submission: Submission,
    rival_id: int,
    *,
    keep: str,
    seen: str,
    base_version: int,
    author: User,
) -> None:
    """Choose between the field and a rival: `field`, `rival` or `both`.

    `seen` is the moment of the rival's last save that the chooser saw and
    `base_version` the field's; if either has changed since, the choice was about
    other texts and is refused.
    """
    rival = db.session.scalar(
        sa.select(RivalText).where(
            RivalText.id == rival_id, RivalText.submission_id == submission.id
        )
    )
    if rival is None:
        raise RuleError("Этот вариант уже разобрали.")
    _check(submission, rival.key, rival.text)
    current = db.session.get_one(
        DraftField, (submission.id, rival.key), populate_existing=True
    )
    if rival.saved_at.isoformat() != seen or current.version != base_version:
        raise RuleError("Пока вы выбирали, текст изменили. Посмотрите ещё раз.")
    chosen = {
        "field": current.text,
        "rival": rival.text,
        "both": f"{current.text}\n\n{rival.text}",
    }[keep]
    _write_history(submission, rival.key, rival.text, current.version, rival.author)
    db.session.delete(rival)
    if chosen != current.text:
        _advance(submission, rival.key, chosen, base_version, author)
        _write_history(submission, rival.key, chosen, base_version + 1, author)
    person_acted.send(author)
    db.session.commit()


def rivals_of(submission: Submission) -> dict[str, list[RivalText]]:
    """Return the texts waiting for a choice, by field."""
    rivals: dict[str, list[RivalText]] = {}
    for rival in db.session.scalars(
        sa.select(RivalText)
        .where(RivalText.submission_id == submission.id)
        .order_by(RivalText.saved_at)
        .options(joinedload(RivalText.author))
    ):
        rivals.setdefault(rival.key, []).append(rival)
    return rivals


def history_of(submission: Submission, key: str) -> list[FieldVersion]:
    """Return what the field held before, newest first."""
    return list(
        db.session.scalars(
            sa.select(FieldVersion)
            .where(FieldVersion.submission_id == submission.id, FieldVersion.key == key)
            .order_by(FieldVersion.id.desc())
            .options(joinedload(FieldVersion.author))
        )
    )
