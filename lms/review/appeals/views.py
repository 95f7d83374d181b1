"""Addresses and pages of appeals: asking to look again, and deciding."""

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.permissions import STAFF
from lms.review.appeals import services
from lms.review.appeals.forms import AppealForm, RulingForm
from lms.review.appeals.hearing import decided_appeals, hearing_of, waiting_appeals
from lms.review.appeals.models import Appeal, Decision
from lms.review.appeals.permissions import can_decide, visible_appeals
from lms.review.reviews.answers import reviewed_answer
from lms.review.reviews.models import Review
from lms.review.reviews.services import reviews_of
from lms.review.threads.talk import read_thread
from lms.work.submissions.loading import get_submission
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.permissions import can_write
from lms.work.submissions.services import attempts_of

bp = Blueprint("appeals", __name__, url_prefix="/appeals")


def get_appeal(appeal_id: int) -> Appeal:
    """Load an appeal that the current user may read, or answer 404."""
    query = visible_appeals(current_user).where(Appeal.id == appeal_id)
    return db.first_or_404(query)


def get_review(submission: Submission, number: int) -> Review:
    """Load the review of a version, or answer 404."""
    query = (
        sa.select(Review)
        .join(Review.attempt)
        .where(Attempt.submission_id == submission.id, Attempt.number == number)
    )
    return db.first_or_404(query)


@bp.get("/")
@allow(STAFF)
def index() -> ResponseReturnValue:
    """See what waits for a decision, and what was decided."""
    decided = db.paginate(decided_appeals(current_user), per_page=25, error_out=False)
    waiting = db.session.scalars(waiting_appeals(current_user)).all()
    return render_template(
        "review/appeals/index.html", waiting=waiting, decided=decided
    )


@bp.route("/ask/<int:submission_id>/<int:number>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def ask(submission_id: int, number: int) -> ResponseReturnValue:
    """The team asks another tutor to look at its work again."""
    submission = get_submission(submission_id)
    require(can_write(current_user, submission))
    review = get_review(submission, number)
    form = AppealForm()
    if form.validate_on_submit():
        try:
            services.ask_to_look_again(
                review,
                form.reason.data,
                member=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Просьба отправлена. {services.who_decides(review)}", "success")
            return redirect(url_for("submissions.work", submission_id=submission_id))
    return render_template(
        "review/appeals/ask.html",
        form=form,
        submission=submission,
        review=review,
        who=services.who_decides(review),
        hearing=hearing_of(submission, {review.attempt_id: review}, current_user),
    )


@bp.route("/<int:appeal_id>/", methods=["GET", "POST"])
@allow(STAFF)
def appeal(appeal_id: int) -> ResponseReturnValue:
    """Look at the work, its review and the reason, and decide."""
    appeal = get_appeal(appeal_id)
    form = RulingForm()
    if form.is_submitted():
        require(can_decide(current_user, appeal))
        if form.validate() and _decide(appeal, form):
            return redirect(url_for(".index"))
    return _read(appeal_id, form)


def _decide(appeal: Appeal, form: RulingForm) -> bool:
    """Carry the decision out; tell whether that happened."""
    try:
        services.decide_appeal(
            appeal, decision=form.chosen, words=form.words.data, tutor=current_user
        )
    except RuleError as error:
        form.form_errors.append(str(error))
        return False
    if form.chosen is Decision.CHANGED:
        flash("Работа зачтена, команда получит письмо.", "success")
    else:
        flash("Решение оставлено, команда узнает об этом утром.", "success")
    return True


def _read(appeal_id: int, form: RulingForm) -> str:
    appeal = get_appeal(appeal_id)
    review = appeal.review
    submission = review.attempt.submission
    attempts = attempts_of(submission)
    reviews = reviews_of(attempts)
    attempt = next((a for a in attempts if a.id == review.attempt_id), None) or abort(
        404
    )
    return render_template(
        "review/appeals/appeal.html",
        form=form,
        appeal=appeal,
        review=review,
        submission=submission,
        attempt=attempt,
        answer=reviewed_answer(attempt, review),
        attempts=attempts,
        reviews=reviews,
        may_decide=can_decide(current_user, appeal),
        talk=read_thread(submission, current_user),
        hearing=hearing_of(submission, reviews, current_user),
    )
