"""What is decided about a work, and undone."""

from contextlib import suppress

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.identity.accounts.permissions import TUTORS
from lms.review.reviews import services
from lms.review.reviews.deciding import cancel as cancel_verdict
from lms.review.reviews.deciding import decide
from lms.review.reviews.drafts import StaleDraftError
from lms.review.reviews.loading import (
    get_attempt,
    get_decided,
    get_opened,
    get_reviewable,
    keep_typed,
    typed_about,
)
from lms.review.reviews.models import Verdict
from lms.review.reviews.pages import to_desk, to_queue
from lms.review.reviews.permissions import can_review
from lms.review.reviews.views.blueprint import bp
from lms.review.reviews.views.desk import show_desk, show_refused
from lms.review.reviews.views.queue import take_next


@bp.post("/<int:submission_id>/release/<any(accepted,returned):verdict>")
@allow(TUTORS)
def release(submission_id: int, verdict: str) -> ResponseReturnValue:
    """Tell the team what was decided, and go on."""
    submission = get_reviewable(submission_id)
    attempt = get_attempt(submission)
    judgement = typed_about(attempt)
    try:
        # What is refused below is a draft at least. The page may be older than what
        # its own script has just saved; the tutor decides by what the page shows.
        with suppress(StaleDraftError):
            keep_typed(attempt, judgement)
        review = decide(
            attempt, judgement, verdict=Verdict[verdict.upper()], tutor=current_user
        )
    except services.UnfinishedError as error:
        opened = get_opened(submission_id)
        return show_desk(opened, typed=judgement, problems=error.problems), 422
    except RuleError as error:
        return show_refused(submission, judgement, error)
    if review:
        outcome = "зачтена" if review.verdict is Verdict.ACCEPTED else "возвращена"
        letter = "команда получит письмо"
        flash(f"{submission.owner}: работа {outcome}, {letter}.", "success")
    return take_next() if "go_on" in request.form else to_queue()


@bp.post("/<int:submission_id>/cancel")
@allow(TUTORS)
def cancel(submission_id: int) -> ResponseReturnValue:
    """Undo a verdict that is held back, and go on with all that was typed."""
    submission = get_decided(submission_id)
    try:
        cancel_verdict(submission, tutor=current_user)
    except RuleError as error:
        flash(str(error), "warning")
    if not can_review(current_user, submission):
        return to_queue()
    return to_desk(submission_id, "review")
