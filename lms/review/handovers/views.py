"""Addresses and pages of handing works over."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.names import short_name
from lms.course.cohorts.permissions import can_lead
from lms.identity.accounts.permissions import TUTORS
from lms.review.handovers import services, takeovers
from lms.review.handovers.forms import HandoverForm
from lms.review.reviews.loading import get_reviewable, release_first
from lms.review.reviews.permissions import colleagues

bp = Blueprint("handovers", __name__, url_prefix="/handovers")
bp.before_request(release_first)


@bp.route("/<int:submission_id>", methods=["GET", "POST"])
@allow(TUTORS)
def one(submission_id: int) -> ResponseReturnValue:
    """Give the work on my desk to a colleague."""
    submission = get_reviewable(submission_id)
    form = HandoverForm(services.colleagues_for(submission, current_user))
    if form.validate_on_submit():
        try:
            services.hand_over(submission, tutor=current_user, colleague=form.chosen)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            name = short_name(form.chosen.full_name)
            flash(f"Работа передана: {name}. Она ждёт коллегу сутки.", "success")
            return redirect(url_for("reviews.queue"))
    return render_template(
        "review/handovers/one.html", submission=submission, form=form
    )


@bp.post("/<int:submission_id>/take-over")
@allow(TUTORS)
def take_over(submission_id: int) -> ResponseReturnValue:
    """The lead tutor takes a work off a colleague's desk."""
    submission = get_reviewable(submission_id)
    require(can_lead(current_user, submission.cohort))
    try:
        takeovers.take_over(submission, lead=current_user)
    except RuleError as error:
        flash(str(error), "warning")
    else:
        flash("Работа у вас. Черновик коллеги — в вашем отзыве.", "success")
    return redirect(url_for("reviews.desk", submission_id=submission.id))


@bp.route("/", methods=["GET", "POST"])
@allow(TUTORS)
def everything() -> ResponseReturnValue:
    """Give all my works to a colleague before an absence."""
    form = HandoverForm(db.session.scalars(colleagues(current_user)))
    open_work = services.open_work_of(current_user)
    if form.validate_on_submit():
        count = services.hand_over_all(current_user, colleague=form.chosen)
        works = plural(count, "работа", "работы", "работ")
        name = short_name(form.chosen.full_name)
        flash(f"Передано: {works}. Проверяет {name}.", "success")
        return redirect(url_for("reviews.queue"))
    return render_template(
        "review/handovers/everything.html",
        form=form,
        open_work=open_work,
    )
