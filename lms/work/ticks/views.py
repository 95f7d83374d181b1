"""Addresses of a checklist: ticking a line and taking the tick away."""

from collections.abc import Callable

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError, wants_json
from lms.core.extensions import db
from lms.review.appeals.hearing import hearing_of
from lms.review.reviews.checklist import Checklist, checklist_of
from lms.review.reviews.services import reviews_of
from lms.review.threads.talk import read_thread
from lms.work.drafts.loading import get_own, hand_back, save_typed
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import task_of
from lms.work.ticks import services

bp = Blueprint("checklists", __name__, url_prefix="/checklists")


def get_checklist(submission: Submission, number: int, item: str) -> Checklist:
    """Load the list on which a line stands, or answer 404."""
    query = sa.select(Attempt).filter_by(submission_id=submission.id, number=number)
    attempt = db.first_or_404(query)
    review = reviews_of([attempt]).get(attempt.id) or abort(404)
    checklist = checklist_of(attempt, review, services.ticks_of(attempt))
    if item not in {line.key for line in checklist.items}:
        abort(404)
    return checklist


@bp.post("/<int:submission_id>/<int:number>/<item>/tick")
@allow(SIGNED_IN)
def tick(submission_id: int, number: int, item: str) -> ResponseReturnValue:
    """Note that a remark is answered."""
    return _mark(submission_id, number, item, services.tick)


@bp.post("/<int:submission_id>/<int:number>/<item>/untick")
@allow(SIGNED_IN)
def untick(submission_id: int, number: int, item: str) -> ResponseReturnValue:
    """Take the note back."""
    return _mark(submission_id, number, item, services.untick)


def _mark(
    submission_id: int, number: int, item: str, mark: Callable[..., None]
) -> ResponseReturnValue:
    """Change a line; a plain button sends the whole page, so its texts are saved."""
    submission = get_own(submission_id)
    attempt = get_checklist(submission, number, item).attempt
    try:
        rivals = 0 if wants_json() else save_typed(submission)
        mark(attempt, item, member=current_user)
    except RuleError as error:
        if wants_json():
            raise
        return hand_back(error)
    if wants_json():
        return {"html": _rendered(submission, number, item)}
    if rivals:
        flash("Кто-то изменил то же поле. Оба текста сохранены, выберите.", "warning")
    field = request.args.get("field")
    anchor = f"beside-{field}-{item}" if field else f"item-{item}"
    return redirect(url_for("drafts.edit", submission_id=submission_id, _anchor=anchor))


def _rendered(submission: Submission, number: int, item: str) -> str:
    checklist = get_checklist(submission, number, item)
    reviews = {checklist.attempt.id: checklist.review}
    return render_template(
        "work/ticks/_checklist.html",
        submission=submission,
        checklist=checklist,
        assignment=task_of(submission),
        talk=read_thread(submission, current_user),
        hearing=hearing_of(submission, reviews, current_user),
    )
