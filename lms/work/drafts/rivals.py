"""Two texts of one field, of which the team chooses."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.drafts.history import write_history
from lms.work.drafts.models import DraftField, RivalText
from lms.work.drafts.services import lock_field, move_field
from lms.work.submissions.models import Submission


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
    lock_field(submission, rival.key, rival.text)
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
    write_history(submission, rival.key, rival.text, current.version, rival.author)
    db.session.delete(rival)
    if chosen != current.text:
        move_field(submission, rival.key, chosen, base_version, author)
        write_history(submission, rival.key, chosen, base_version + 1, author)
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
