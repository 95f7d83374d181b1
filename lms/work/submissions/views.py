"""Addresses and pages of works: beginning one, and reading what was sent."""

from math import ceil

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.database import utcnow
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.core.request import sent_number
from lms.core.undo import undo_term
from lms.course.modules.models import Module
from lms.identity.accounts.permissions import can_administer
from lms.network.practices.offering import offer_of
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.review.appeals.hearing import hearing_of
from lms.review.deferrals.listing import latest_deferral
from lms.review.deferrals.permissions import can_decide
from lms.review.moderation.loading import read_first
from lms.review.reviews.answers import reviewed_answer
from lms.review.reviews.changes import changes_since
from lms.review.reviews.checklist import answered_checklist
from lms.review.reviews.services import reviews_of
from lms.review.threads.talk import read_thread
from lms.schools.teams.loading import my_place
from lms.work.drafts.withdrawing import is_taken, withdraw_attempt
from lms.work.submissions import services
from lms.work.submissions.loading import get_submission
from lms.work.submissions.models import Attempt, AttemptFile, Submission
from lms.work.submissions.permissions import can_write, visible_attempts

bp = Blueprint("submissions", __name__, url_prefix="/submissions")


@bp.post("/start/<slug>")
@allow(SIGNED_IN)
def start(slug: str) -> ResponseReturnValue:
    """Open the work of the team whose page was before me; who comes first begins it."""
    membership = my_place(sent_number("team")) or abort(404)
    module = db.first_or_404(sa.select(Module).filter_by(slug=slug))
    submission = services.start_submission(
        module, user=current_user, team=membership.team
    )
    return redirect(url_for(".work", submission_id=submission.id))


@bp.get("/<int:submission_id>/")
@allow(SIGNED_IN)
def work(submission_id: int) -> ResponseReturnValue:
    """Lead those who write to the draft, and show others what was sent last."""
    submission = get_submission(submission_id)
    # Asked of every work, so that a second reader's answer takes the same time.
    if can_write(current_user, submission) and submission.is_editable:
        return redirect(url_for("drafts.edit", submission_id=submission.id))
    return _read(submission)


@bp.get("/<int:submission_id>/attempts/<int:number>/")
@allow(SIGNED_IN)
def attempt(submission_id: int, number: int) -> ResponseReturnValue:
    """Read one version of the work as it was sent."""
    return _read(get_submission(submission_id), number)


@bp.get("/<int:submission_id>/attempts/<int:number>/files/<int:file_id>")
@allow(SIGNED_IN)
def attempt_file(submission_id: int, number: int, file_id: int) -> ResponseReturnValue:
    """Download a file as it was sent."""
    submission = get_submission(submission_id)
    sent = visible_attempts(current_user).with_only_columns(Attempt.id)
    sent = sent.filter_by(submission_id=submission.id, number=number)
    file = db.first_or_404(
        sa.select(AttemptFile).where(
            AttemptFile.id == file_id, AttemptFile.attempt_id == sent.scalar_subquery()
        )
    )
    return send_stored(file.sha256, name=file.name, media_type=file.media_type)


@bp.post("/<int:submission_id>/attempts/<int:number>/withdraw")
@allow(SIGNED_IN)
def withdraw(submission_id: int, number: int) -> ResponseReturnValue:
    """Take back what was sent, and go on writing."""
    submission = get_submission(submission_id)
    require(can_write(current_user, submission))
    withdraw_attempt(submission, number, member=current_user)
    flash("Работа снова у вас. Тексты и файлы на месте.", "success")
    return redirect(url_for("drafts.edit", submission_id=submission.id))


def _undo_of(submission: Submission) -> int | None:
    """Return for how many seconds the work is held back; None if it cannot return."""
    is_open = submission.is_waiting and submission.cohort.is_open
    if not is_open or not submission.sent_at or is_taken(submission):
        return None
    if not can_write(current_user, submission):
        return None
    left = submission.sent_at + undo_term() - utcnow()
    return max(0, ceil(left.total_seconds()))


def _read(submission: Submission, number: int | None = None) -> str:
    read_first(submission)
    note_opened(Topic.WORK, submission.id)
    sent = services.history_of(submission)
    attempts = [attempt for attempt in sent if attempt.withdrawal is None]
    sees_all = can_write(current_user, submission) or can_administer(current_user)
    readable = sent if number and sees_all else attempts
    found = [a for a in readable if number in (None, a.number)]
    shown = found[0] if found else abort(404)
    reviews = reviews_of(attempts)
    before = next((a for a in attempts if a.number < shown.number), None)
    return render_template(
        "work/submissions/attempt.html",
        submission=submission,
        attempt=shown,
        answer=reviewed_answer(shown, reviews.get(shown.id)),
        deferral=latest_deferral(submission),
        asked=answered_checklist(attempts, reviews, shown),
        attempts=attempts,
        changes=changes_since(before, shown, None),
        sent=sent if sees_all else attempts,
        undo=_undo_of(submission),
        reviews=reviews,
        talk=read_thread(submission, current_user),
        can_decide=can_decide,
        hearing=hearing_of(submission, reviews, current_user),
        card=offer_of(shown, current_user),
    )
