"""Loading for the pages of reviews: found and visible, or the page does not exist."""

from typing import Any

import sqlalchemy as sa
from flask import abort, redirect, request, url_for
from flask_login import current_user

from lms.core.access import require
from lms.core.extensions import db
from lms.core.request import sent_number
from lms.review.calibration.permissions import samples_before
from lms.review.reviews.drafts import save_draft
from lms.review.reviews.forms import FilterForm, typed_judgement
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.leases import lease_of
from lms.review.reviews.permissions import can_review, visible_works
from lms.review.reviews.queue import Filters, with_names
from lms.work.submissions.models import Attempt, Submission
from lms.work.submissions.services import assignment_of


def get_work(submission_id: int) -> Submission:
    """Load a sent work that the current user may see, or answer 404."""
    query = visible_works(current_user).where(Submission.id == submission_id)
    return db.first_or_404(with_names(query))


def get_reviewable(submission_id: int) -> Submission:
    """Load a work that the current user may judge, or answer 404 or 403."""
    query = visible_works(current_user).where(Submission.id == submission_id)
    submission: Submission = db.first_or_404(query)
    require(can_review(current_user, submission))
    return submission


def get_attempt(submission: Submission) -> Attempt:
    """Load the version that the form was about; without a form, the newest."""
    query = sa.select(Attempt).where(Attempt.submission_id == submission.id)
    if number := sent_number("attempt"):
        query = query.where(Attempt.number == number)
    return db.first_or_404(query.order_by(Attempt.number.desc()).limit(1))


def typed_about(attempt: Attempt) -> Judgement:
    """Read what was typed about an attempt."""
    return typed_judgement(request.form, assignment_of(attempt.revision))


def keep_typed(attempt: Attempt, judgement: Judgement) -> int:
    """Keep what was typed as the tutor's draft; return the version of the draft."""
    version = request.form.get("version", 0, type=int)
    return save_draft(attempt, judgement, base_version=version, tutor=current_user)


def calibrate_first(submission: Submission, **errand: int) -> None:
    """Lead a tutor who has not judged by this rubric yet to its samples.

    The work itself waits: it is taken after that, so no time of a lease is lost.
    """
    lease = lease_of(submission)
    is_mine = lease is None or lease.tutor_id == current_user.id
    if not (submission.is_waiting and is_mine and can_review(current_user, submission)):
        return
    if revision := samples_before(submission, current_user):
        place = {"slug": revision.module.slug, "number": revision.number}
        on: dict[str, Any] = {**place, **errand, **chosen_filters().chosen}
        abort(redirect(url_for("calibration.score", **on)))


def chosen_filters() -> Filters:
    """Read the filters that the address carries from the list to the next work."""
    return FilterForm(current_user, formdata=request.args).filters
