"""Sending: a draft becomes an attempt that never changes."""

import logging

import sqlalchemy as sa
from markupsafe import Markup

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.course.content.assignment import Assignment
from lms.identity.accounts.models import User
from lms.text.limits import render_answers
from lms.text.stored import stored_html
from lms.work.drafts.form import AnswerField
from lms.work.drafts.models import DraftField, DraftFile
from lms.work.drafts.rivals import rivals_of
from lms.work.submissions.models import (
    EDITABLE,
    Attempt,
    AttemptFile,
    Status,
    Submission,
)
from lms.work.submissions.services import answered_revision, assignment_of
from lms.work.submissions.signals import attempt_sent
from lms.work.ticks.services import send_ticks

logger = logging.getLogger(__name__)

CHANGED_MEANWHILE = (
    "Пока работа отправлялась, кто-то из команды изменил её."
    " Посмотрите текст и отправьте ещё раз."
)


class NotReadyError(RuleError):
    """The draft cannot be sent yet; `problems` are (field key or "", sentence)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _, sentence in problems))
        self.problems = problems


def send_attempt(submission: Submission, *, author: User) -> Attempt:
    """Send the draft as it is now: an attempt that never changes.

    Rendering may take seconds, so it happens before the transaction that writes,
    and the versions of the fields, taken before it, must still hold afterwards:
    what was checked and rendered is what is sent.
    """
    if not submission.cohort.is_open:
        raise RuleError("Поток завершён, работы уже не принимают. Написанное цело.")
    task, begun_with = answered_revision(submission), submission.revision_id
    assignment = assignment_of(task)
    revision_id = task.id if task else None
    fields = _draft_fields(submission)
    if problems := problems_of(submission, assignment):
        raise NotReadyError(problems)
    texts = [fields[f.key].text if f.key in fields else "" for f in assignment.fields]
    versions = {key: field.version for key, field in fields.items()}
    db.session.rollback()
    pages = render_answers(texts)
    answer = [
        {"key": field.key, "label": field.label, "text": text, "html": html}
        for field, text, html in zip(assignment.fields, texts, pages, strict=True)
    ]
    _close_draft(submission, versions, begun_with)
    attempt = _add_attempt(submission, answer, revision_id=revision_id, author=author)
    send_ticks(attempt)
    attempt_sent.send(attempt)
    db.session.commit()
    logger.info("submission %s: attempt %s", submission.id, attempt.number)
    return attempt


def problems_of(
    submission: Submission, assignment: Assignment
) -> list[tuple[str, str]]:
    """Return what keeps a draft from being sent, every sentence with its field."""
    fields, rivals = _draft_fields(submission), rivals_of(submission)
    problems = []
    for field in assignment.fields:
        text = fields[field.key].text if field.key in fields else ""
        extra = len(text) - field.max_chars
        if field.required and not text.strip():
            problems.append((field.key, f"Напишите ответ: «{field.label}»."))
        elif extra > 0:
            count = plural(extra, "знак", "знака", "знаков")
            problems.append((field.key, f"«{field.label}»: сократите на {count}."))
        if field.key in rivals:
            problems.append(
                (field.key, f"«{field.label}»: выберите из двух вариантов.")
            )
    return problems


def render_draft(answer_fields: list[AnswerField]) -> list[tuple[str, Markup]]:
    """Return each field's label and its text as the tutor will see it."""
    pages = render_answers([answer_field.text for answer_field in answer_fields])
    return [
        (answer_field.field.label, stored_html(page))
        for answer_field, page in zip(answer_fields, pages, strict=True)
    ]


def _draft_fields(submission: Submission) -> dict[str, DraftField]:
    rows = db.session.scalars(
        sa.select(DraftField)
        .where(DraftField.submission_id == submission.id)
        .execution_options(populate_existing=True)
    )
    return {field.key: field for field in rows}


def _close_draft(
    submission: Submission, versions: dict[str, int], begun_with: int | None
) -> None:
    """Move the work to the queue, unless somebody was faster or wrote meanwhile."""
    sent = db.session.execute(
        sa.update(Submission)
        .where(Submission.id == submission.id, Submission.status.in_(EDITABLE))
        .where(Submission.revision_id.is_not_distinct_from(begun_with))
        .values(status=Status.WAITING, sent_at=utcnow())
    )
    if sent.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        if submission.is_accepted:
            raise RuleError("Работу уже зачли, новая версия не нужна.")
        if submission.is_editable:
            raise RuleError(CHANGED_MEANWHILE)
        raise RuleError("Эту работу уже отправили. Она ждёт проверки.")
    now = {key: field.version for key, field in _draft_fields(submission).items()}
    if now != versions or rivals_of(submission):
        db.session.rollback()
        raise RuleError(CHANGED_MEANWHILE)


def _last_number(submission: Submission) -> int:
    """Return the last number that was given; one that was taken back keeps its own."""
    last = sa.select(sa.func.max(Attempt.number))
    return db.session.scalar(last.filter_by(submission_id=submission.id)) or 0


def _add_attempt(
    submission: Submission,
    answer: list[dict[str, str]],
    *,
    revision_id: int | None,
    author: User,
) -> Attempt:
    attempt = Attempt(
        submission_id=submission.id,
        number=_last_number(submission) + 1,
        revision_id=revision_id,
        fields=answer,
        sent_by_id=author.id,
    )
    attempt.files = [
        AttemptFile(
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
        )
        for file in db.session.scalars(
            sa.select(DraftFile)
            .where(DraftFile.submission_id == submission.id)
            .order_by(DraftFile.id)
        )
    ]
    db.session.add(attempt)
    return attempt
