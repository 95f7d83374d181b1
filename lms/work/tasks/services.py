"""Taking a newer task for a draft: only its team does that, and no text is lost."""

import logging

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.content.assignment import Assignment, Field
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.work.drafts.models import DraftField
from lms.work.drafts.rivals import rivals_of
from lms.work.submissions.models import EDITABLE, Submission
from lms.work.submissions.services import answered_revision, lock_work_in
from lms.work.tasks.models import TaskSwitch

logger = logging.getLogger(__name__)

SENT = "Работа уже отправлена: она отвечает на прежнее задание."
RIVALS = "В черновике есть поле с двумя вариантами текста. Сначала выберите из них."
MOVED_ON = "Пока вы смотрели, задание изменилось ещё раз. Посмотрите его снова."


def newer_task_of(submission: Submission) -> Revision | None:
    """Return the live revision if it asks for something else than the draft answers."""
    live, answered = submission.module.current_revision, answered_revision(submission)
    if live is None or answered is None or live.id == answered.id:
        return None
    task = content_of(live).assignment
    is_newer = task is not None and task != content_of(answered).assignment
    return live if is_newer else None


def switch_task(submission: Submission, *, seen: int, member: User) -> None:
    """Let a draft answer the live task from now on; texts stay under their keys.

    `seen` is the number of the revision that the page showed. Two members press at
    once: the second one finds it done.
    """
    lock_work_in(submission, EDITABLE, refusal=SENT)
    live, answered = submission.module.current_revision, answered_revision(submission)
    if live is None or live.number != seen:
        db.session.rollback()
        raise RuleError(MOVED_ON)
    if answered is None or answered.id == live.id:
        db.session.rollback()
        return
    if rivals_of(submission):
        db.session.rollback()
        raise RuleError(RIVALS)
    sides = {"before_id": answered.id, "after_id": live.id}
    facts = {"submission_id": submission.id, "switched_by_id": member.id}
    db.session.add(TaskSwitch(**sides, **facts))
    submission.revision_id = live.id
    person_acted.send(member)
    db.session.commit()
    logger.info("submission %s: answers revision %s", submission.id, live.id)


def left_fields_of(submission: Submission, assignment: Assignment) -> list[Field]:
    """Return the fields of earlier tasks in which the team has a text."""
    switches = db.session.scalars(
        sa.select(TaskSwitch)
        .where(TaskSwitch.submission_id == submission.id)
        .order_by(TaskSwitch.id.desc())
        .options(joinedload(TaskSwitch.before))
    ).all()
    if not switches:
        return []
    filled = db.session.scalars(
        sa.select(DraftField.key)
        .where(DraftField.submission_id == submission.id, DraftField.text != "")
        .order_by(DraftField.key)
    )
    left = set(filled) - {field.key for field in assignment.fields}
    earlier = [content_of(switch.before).assignment for switch in switches]
    known = {f.key: f for task in reversed(earlier) if task for f in task.fields}
    return [field for key, field in known.items() if key in left]
