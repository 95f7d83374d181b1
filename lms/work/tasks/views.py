"""Addresses and pages of newer tasks: side by side, and «Перейти на новое задание»."""

from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.request import sent_number
from lms.course.content.assignment import Assignment, Field
from lms.course.releases.changes import changes_of_task
from lms.work.drafts.form import AnswerField, answer_fields_of
from lms.work.drafts.loading import get_own
from lms.work.submissions.services import assignment_of, task_of
from lms.work.tasks import services

bp = Blueprint("tasks", __name__, url_prefix="/tasks")


class FieldPair(NamedTuple):
    """A field in both tasks; in one of them it may be missing."""

    before: Field | None
    after: Field | None
    text: str

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@bp.get("/<int:submission_id>/")
@allow(SIGNED_IN)
def compare(submission_id: int) -> ResponseReturnValue:
    """The task that the draft answers beside the newer one."""
    submission = get_own(submission_id)
    newer = services.newer_task_of(submission)
    if newer is None or not submission.is_editable:
        return redirect(url_for("submissions.work", submission_id=submission.id))
    before, after = task_of(submission), assignment_of(newer)
    return render_template(
        "work/tasks/compare.html",
        submission=submission,
        newer=newer,
        before=before,
        after=after,
        pairs=_pairs(answer_fields_of(submission, before, []), after),
        changes=changes_of_task(before, after),
    )


@bp.post("/<int:submission_id>/")
@allow(SIGNED_IN)
def switch(submission_id: int) -> ResponseReturnValue:
    """A member takes the newer task for the team's draft."""
    submission = get_own(submission_id)
    seen = sent_number("seen") or 0
    services.switch_task(submission, seen=seen, member=current_user)
    flash("Черновик отвечает на новое задание. Тексты на месте.", "success")
    return redirect(url_for("drafts.edit", submission_id=submission.id))


def _pairs(written: list[AnswerField], after: Assignment) -> list[FieldPair]:
    """Put the fields of two tasks side by side by their keys, in the newer order."""
    known = {answer.field.key: answer for answer in written}
    pairs = []
    for field in after.fields:
        answer = known.pop(field.key, None)
        before, text = (answer.field, answer.text) if answer else (None, "")
        pairs.append(FieldPair(before, field, text))
    left = [FieldPair(answer.field, None, answer.text) for answer in known.values()]
    return pairs + left
