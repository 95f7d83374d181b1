"""The desk of one work, and all that is typed on it."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError, wants_json
from lms.core.headers import page_with_frames
from lms.identity.accounts.permissions import STAFF, TUTORS
from lms.review.appeals.hearing import lay_hearing
from lms.review.deferrals.listing import latest_deferral
from lms.review.deferrals.permissions import can_decide
from lms.review.moderation.loading import read_first
from lms.review.remarks.forms import KeepingForm
from lms.review.remarks.services import find_remark, keep_remark, ready_remarks
from lms.review.reviews import leases
from lms.review.reviews.desk import read_desk
from lms.review.reviews.drafts import StaleDraftError
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.loading import (
    chosen_filters,
    get_attempt,
    get_opened,
    get_reviewable,
    keep_typed,
    score_first,
    typed_about,
)
from lms.review.reviews.opened import Opened
from lms.review.reviews.pages import to_desk
from lms.review.reviews.pending import pending_of
from lms.review.reviews.views.blueprint import bp
from lms.review.threads.permissions import voice_as
from lms.review.threads.talk import read_thread
from lms.work.submissions.models import Attempt, Submission


@bp.get("/<int:submission_id>/")
@allow(STAFF)
def desk(submission_id: int) -> ResponseReturnValue:
    """Read a work and judge it."""
    opened = get_opened(submission_id)
    score_first(opened, work=submission_id)
    return show_desk(opened)


def show_desk(opened: Opened, **typed: Any) -> Response:
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


def show_refused(
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
    return show_desk(opened, typed=typed, problems=problems, show_stored=stale), 409


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
        return show_refused(submission, judgement, error)
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
        return show_refused(submission, judgement, error)
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
