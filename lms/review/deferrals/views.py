"""Addresses and pages of deferrals: asking, the list, and answering."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import day, today
from lms.identity.accounts.limits import additions_per_person
from lms.identity.accounts.permissions import STAFF, TUTORS
from lms.review.deferrals import listing, services
from lms.review.deferrals.forms import AnswerForm, AskForm
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.permissions import can_decide, visible_deferrals
from lms.work.drafts.loading import get_own
from lms.work.submissions.models import Submission

bp = Blueprint("deferrals", __name__, url_prefix="/deferrals")

WEEK = timedelta(days=7)


def get_deferral(deferral_id: int) -> Deferral:
    """Load a request that the current user may see, or answer 404."""
    query = visible_deferrals(current_user).where(Deferral.id == deferral_id)
    work = joinedload(Deferral.submission).joinedload(Submission.cohort)
    return db.first_or_404(query.options(work))


def get_decidable(deferral_id: int) -> Deferral:
    """Load a request that the current user may answer, or answer 404 or 403."""
    deferral = get_deferral(deferral_id)
    require(can_decide(current_user, deferral))
    return deferral


@bp.route("/works/<int:submission_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def ask(submission_id: int) -> ResponseReturnValue:
    """Ask for more days for a work, and see what became of earlier requests."""
    submission = get_own(submission_id)
    later = max(submission.due_on or today(), today()) + WEEK
    form = AskForm(data={"wanted_on": later})
    if form.validate_on_submit():
        try:
            services.ask(
                submission,
                wanted_on=form.wanted_on.data,
                reason=form.reason.data,
                member=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Просьба отправлена. Ответ придёт в утреннем письме.", "success")
            return redirect(url_for("drafts.edit", submission_id=submission_id))
    return render_template(
        "review/deferrals/ask.html",
        submission=submission,
        form=form,
        obstacle=services.obstacle(submission),
        deferrals=listing.deferrals_of(submission),
    )


@bp.post("/works/<int:submission_id>/<int:deferral_id>/withdraw")
@allow(SIGNED_IN)
def withdraw(submission_id: int, deferral_id: int) -> ResponseReturnValue:
    """Take a request back."""
    submission = get_own(submission_id)
    asked = listing.deferrals_of(submission)
    deferral = next((d for d in asked if d.id == deferral_id), None) or abort(404)
    try:
        services.withdraw(deferral, member=current_user)
    except RuleError as error:
        flash(str(error), "warning")
    else:
        flash("Просьба отозвана, срок прежний.", "success")
    return redirect(url_for(".ask", submission_id=submission_id))


@bp.get("/")
@allow(STAFF)
def index() -> ResponseReturnValue:
    """See who asks for more days."""
    waiting = listing.open_deferrals(visible_deferrals(current_user))
    return render_template("review/deferrals/index.html", deferrals=waiting)


@bp.get("/<int:deferral_id>/")
@allow(STAFF)
def deferral(deferral_id: int) -> ResponseReturnValue:
    """Read a request and answer it."""
    deferral = get_deferral(deferral_id)
    return _page(deferral, AnswerForm(data={"granted_on": deferral.wanted_on}))


def _page(deferral: Deferral, form: AnswerForm) -> str:
    earlier = listing.deferrals_of(deferral.submission)
    return render_template(
        "review/deferrals/deferral.html",
        deferral=deferral,
        submission=deferral.submission,
        form=form,
        may_decide=can_decide(current_user, deferral),
        earlier=[request for request in earlier if request.id != deferral.id],
    )


@bp.post("/<int:deferral_id>/grant")
@allow(TUTORS)
def grant(deferral_id: int) -> ResponseReturnValue:
    """Give the team more days."""
    deferral = get_decidable(deferral_id)
    form = AnswerForm()
    if not form.validate():
        return _page(deferral, form), 422
    try:
        services.grant(
            deferral,
            granted_on=form.granted_on.data,
            answer=form.answer.data or "",
            tutor=current_user,
        )
    except RuleError as error:
        form.form_errors.append(str(error))
        return _page(deferral, form), 409
    until = day(form.granted_on.data)
    flash(f"Срок продлён до {until}. Команда увидит ответ.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:deferral_id>/decline")
@allow(TUTORS)
def decline(deferral_id: int) -> ResponseReturnValue:
    """Leave the due day as it is."""
    deferral = get_decidable(deferral_id)
    form = AnswerForm()
    answer = form.answer.data or ""
    try:
        services.decline(deferral, answer=answer, tutor=current_user)
    except RuleError as error:
        form.form_errors.append(str(error))
        return _page(deferral, form), 409
    flash("Срок остался прежним. Команда увидит почему.", "success")
    return redirect(url_for(".index"))
