"""The queue, what was released, and taking a work."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.permissions import STAFF, TUTORS, can_judge
from lms.review.filters.services import MAX_NAME, filters_of
from lms.review.reviews import leases
from lms.review.reviews.forms import FilterForm, ReleasedForm
from lms.review.reviews.loading import (
    calibrate_first,
    chosen_filters,
    get_reviewable,
    read_queue,
)
from lms.review.reviews.pages import to_desk, to_queue
from lms.review.reviews.pending import pending_of
from lms.review.reviews.queue import first_free
from lms.review.reviews.released import released_reviews
from lms.review.reviews.rows import rows_of
from lms.review.reviews.views.blueprint import bp


@bp.get("/")
@allow(STAFF)
def queue() -> ResponseReturnValue:
    """See what waits, whose turn it is and who holds what."""
    form = FilterForm(current_user, formdata=request.args)
    page, errands = read_queue(form.filters)
    return render_template(
        "review/reviews/queue.html",
        form=form,
        filters=form.filters,
        may_judge=can_judge(current_user),
        page=page,
        rows=rows_of(page.items, current_user),
        errands=errands,
        saved=filters_of(current_user),
        max_name=MAX_NAME,
        held=pending_of(current_user),
    )


@bp.get("/released")
@allow(STAFF)
def released() -> ResponseReturnValue:
    """Look back at reviews that were released."""
    form = ReleasedForm(current_user, formdata=request.args)
    reviews = released_reviews(current_user, **form.chosen)
    page = db.paginate(reviews, per_page=25, error_out=False)
    return render_template(
        "review/reviews/released.html",
        form=form,
        may_judge=can_judge(current_user),
        page=page,
    )


@bp.post("/next", endpoint="next")
@allow(TUTORS)
def take_next() -> ResponseReturnValue:
    """Take the first free work of the queue."""
    filters = chosen_filters()
    if coming := first_free(current_user, filters):
        calibrate_first(coming, next=1)
    submission_id = leases.take_next(current_user, filters)
    if submission_id is None:
        flash("Свободных работ сейчас нет.", "success")
        return to_queue()
    return to_desk(submission_id)


@bp.post("/<int:submission_id>/take")
@allow(TUTORS)
def take(submission_id: int) -> ResponseReturnValue:
    """Take a certain work."""
    submission = get_reviewable(submission_id)
    calibrate_first(submission, work=submission.id)
    try:
        leases.take(submission, tutor=current_user)
    except RuleError as error:
        flash(str(error), "warning")
    return to_desk(submission_id)


@bp.post("/<int:submission_id>/let-go")
@allow(TUTORS)
def let_go(submission_id: int) -> ResponseReturnValue:
    """Give a work back to the queue."""
    submission = get_reviewable(submission_id)
    leases.let_go(submission, tutor=current_user)
    flash("Работа снова свободна. Ваш черновик отзыва остался при ней.", "success")
    return to_queue()
