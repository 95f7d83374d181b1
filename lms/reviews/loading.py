"""Loading for the pages of reviews: found and visible, or the page does not exist."""

from flask import request
from flask_login import current_user

from lms.access import require
from lms.extensions import db
from lms.reviews.forms import FilterForm
from lms.reviews.permissions import can_review, visible_works
from lms.reviews.queue import Filters, with_names
from lms.submissions.models import Attempt, Submission


def get_work(submission_id: int) -> Submission:
    """Load a sent work that the current user may see, or answer 404."""
    query = visible_works(current_user).where(Submission.id == submission_id)
    return db.first_or_404(with_names(query))


def get_reviewable(submission_id: int) -> Submission:
    """Load a work that the current user may judge, or answer 404 or 403."""
    submission = get_work(submission_id)
    require(can_review(current_user, submission))
    return submission


def get_attempt(submission: Submission) -> Attempt:
    """Load the version that the form was about; without a form, the newest."""
    query = db.select(Attempt).where(Attempt.submission_id == submission.id)
    if number := request.form.get("attempt", type=int):
        query = query.where(Attempt.number == number)
    return db.first_or_404(query.order_by(Attempt.number.desc()).limit(1))


def chosen_filters() -> Filters:
    """Read the filters that the address carries from the list to the next work."""
    return FilterForm(current_user, formdata=request.args).filters
