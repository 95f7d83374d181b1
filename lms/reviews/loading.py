"""Loading for the pages of reviews: found and visible, or the page does not exist."""

from flask import request
from flask_login import current_user

from lms.access import require
from lms.accounts.models import User
from lms.cohorts.models import Cohort
from lms.extensions import db
from lms.reviews.forms import FilterForm
from lms.reviews.permissions import can_review, visible_works
from lms.reviews.queue import Filters, with_names
from lms.submissions.models import Attempt, Submission
from lms.teams.models import Membership, Team


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


def get_member(cohort_id: int, user_id: int) -> tuple[User, Cohort]:
    """Load a member of a team whose work the current user judges, or answer 404."""
    cohort = db.first_or_404(
        db.select(Cohort).where(
            Cohort.id == cohort_id, Cohort.tutors.any(User.id == current_user.id)
        )
    )
    teams = db.select(Membership.user_id).join(Membership.team)
    members = teams.where(Team.cohort_id == cohort_id)
    member = db.first_or_404(
        db.select(User).where(User.id == user_id, User.id.in_(members))
    )
    require(member.id != current_user.id)
    return member, cohort
