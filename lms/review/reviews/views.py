"""Addresses and pages of reviews: the queue, and the desk of one work."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError, wants_json
from lms.core.extensions import db
from lms.core.headers import page_with_frames
from lms.identity.accounts.permissions import STAFF, TUTORS, can_judge
from lms.review.appeals.hearing import lay_hearing
from lms.review.deferrals.listing import latest_deferral
from lms.review.deferrals.permissions import can_decide
from lms.review.filters.services import MAX_NAME, filters_of
from lms.review.moderation.loading import read_first
from lms.review.remarks.forms import KeepingForm
from lms.review.remarks.services import find_remark, keep_remark, ready_remarks
from lms.review.reviews import leases, services
from lms.review.reviews.deciding import cancel as cancel_verdict
from lms.review.reviews.deciding import decide
from lms.review.reviews.desk import read_desk
from lms.review.reviews.drafts import StaleDraftError
from lms.review.reviews.forms import FilterForm, ReleasedForm
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.loading import (
    calibrate_first,
    chosen_filters,
    get_attempt,
    get_decided,
    get_opened,
    get_reviewable,
    keep_typed,
    read_queue,
    release_first,
    score_first,
    typed_about,
)
from lms.review.reviews.models import Verdict
from lms.review.reviews.opened import Opened
from lms.review.reviews.pages import to_desk, to_queue
from lms.review.reviews.pending import pending_of
from lms.review.reviews.permissions import can_review
from lms.review.reviews.queue import (
    first_free,
)
from lms.review.reviews.released import released_reviews
from lms.review.reviews.rows import rows_of
from lms.review.threads.permissions import voice_as
from lms.review.threads.talk import read_thread
from lms.work.submissions.models import Attempt, Submission

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
bp.before_request(release_first)


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


@bp.get("/<int:submission_id>/")
@allow(STAFF)
def desk(submission_id: int) -> ResponseReturnValue:
    """Read a work and judge it."""
    opened = get_opened(submission_id)
    score_first(opened, work=submission_id)
    return _desk(opened)


def _desk(opened: Opened, **typed: Any) -> Response:
    """Lay the desk; a refused form shows it too, and a second reader may send one."""
    submission, is_own = opened.submission, opened.is_own
    read_first(submission)
    filters = chosen_filters()
    laid = read_desk(opened, current_user, filters, **typed)
    newest = laid.reviews.get(laid.attempt.id)
    voice = voice_as(is_own=is_own, is_judged=opened.is_judged)
    page = render_template(
        "review/reviews/desk.html",
        chosen=filters.chosen,
        talk=read_thread(submission, current_user, voice=voice),
        deferral=latest_deferral(submission),
        can_decide=can_decide,
        keeping=KeepingForm(),
        first_line=laid.first_line,
        held=pending_of(current_user) if opened.has_pending else [],
        hearing=lay_hearing(submission, laid.reviews, newest=newest, is_own=is_own),
        **vars(laid),
    )
    return page_with_frames(page)


def _refused(
    submission: Submission, typed: Judgement, error: RuleError
) -> ResponseReturnValue:
    """Show the desk with everything typed; a stale draft beside what was stored.

    A work that waits no more has no form: a page hands the texts back instead.
    """
    read_first(submission)
    opened = get_opened(submission.id)
    if not opened.submission.is_waiting:
        raise error
    stale = isinstance(error, StaleDraftError)
    problems = [("", str(error))]
    return _desk(opened, typed=typed, problems=problems, show_stored=stale), 409


@bp.post("/<int:submission_id>/draft")
@allow(TUTORS)
def save(submission_id: int) -> ResponseReturnValue:
    """Keep what is typed; a script is told in JSON what became of it."""
    submission = get_reviewable(submission_id)
    attempt = get_attempt(submission)
    judgement = typed_about(attempt)
    try:
        version = keep_typed(attempt, judgement)
    except RuleError as error:
        if wants_json():
            raise
        return _refused(submission, judgement, error)
    holding = leases.holding(submission, tutor=current_user)
    if wants_json():
        lost = not holding.is_mine
        return {"version": version, "message": holding.sentence, "lost": lost}
    flash(holding.sentence, "success" if holding.is_mine else "warning")
    if "hand_over" in request.args:
        return redirect(url_for("handovers.one", submission_id=submission_id))
    return to_desk(submission_id, "review")


def _amend(
    submission_id: int, anchor: str, amend: Callable[[Attempt, Judgement], Judgement]
) -> ResponseReturnValue:
    """Change what is typed, keep it as the draft, and come back to its place."""
    submission = get_reviewable(submission_id)
    attempt = get_attempt(submission)
    judgement = typed_about(attempt)
    try:
        judgement = amend(attempt, judgement)
        keep_typed(attempt, judgement)
    except RuleError as error:
        return _refused(submission, judgement, error)
    return to_desk(submission_id, anchor)


@bp.post("/<int:submission_id>/insert/<criterion>/<remark>")
@allow(TUTORS)
def insert(submission_id: int, criterion: str, remark: str) -> ResponseReturnValue:
    """Put a ready remark beside a criterion."""

    def put(attempt: Attempt, judgement: Judgement) -> Judgement:
        ready = find_remark(ready_remarks(attempt.revision, current_user), remark)
        return judgement.with_remark(criterion, ready.text)

    return _amend(submission_id, f"mark-{criterion}", put)


@bp.post("/<int:submission_id>/keep/<criterion>")
@allow(TUTORS)
def keep(submission_id: int, criterion: str) -> ResponseReturnValue:
    """Keep the remark beside a criterion for later."""

    def keep_it(attempt: Attempt, judgement: Judgement) -> Judgement:
        text = judgement.mark(criterion).remark
        key = KeepingForm().sent_key
        place = attempt.revision.module_id, criterion
        keep_remark(*place, text, owner=current_user, form_key=key)
        flash("Замечание теперь среди готовых.", "success")
        return judgement

    return _amend(submission_id, f"mark-{criterion}", keep_it)


@bp.post("/<int:submission_id>/drop-note/<note>")
@allow(TUTORS)
def drop_note(submission_id: int, note: str) -> ResponseReturnValue:
    """Take away a remark tied to words of the answer."""

    def drop(_: Attempt, judgement: Judgement) -> Judgement:
        return judgement.without_note(note)

    return _amend(submission_id, "notes-title", drop)


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
        return _desk(opened, typed=judgement, problems=error.problems), 422
    except RuleError as error:
        return _refused(submission, judgement, error)
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
