"""The whole draft: writing, looking at it as a tutor will, sending."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.fields import plain_lines
from lms.identity.accounts.limits import renders_per_person
from lms.text.limits import render_answer
from lms.work.drafts import services
from lms.work.drafts.form import answer_fields_of
from lms.work.drafts.loading import (
    ask_first,
    doubts_about,
    get_own,
    hand_back,
    save_typed,
    show_editor,
)
from lms.work.drafts.sending import NotReadyError, render_draft, send_attempt
from lms.work.drafts.views.blueprint import bp
from lms.work.drafts.views.fields import to_field
from lms.work.submissions.services import task_of


@bp.get("/<int:submission_id>/")
@allow(SIGNED_IN)
def edit(submission_id: int) -> ResponseReturnValue:
    """Write the answer; once it is sent, lead to what was sent."""
    submission = get_own(submission_id)
    if not submission.is_editable:
        return redirect(url_for("submissions.work", submission_id=submission.id))
    return show_editor(submission)


@bp.post("/<int:submission_id>/save")
@allow(SIGNED_IN)
def save(submission_id: int) -> ResponseReturnValue:
    """Save the whole page by a plain button."""
    submission = get_own(submission_id)
    try:
        rivals = save_typed(submission)
    except RuleError as error:
        return hand_back(error)
    if rivals:
        flash("Кто-то изменил то же поле. Оба текста сохранены, выберите.", "warning")
    else:
        flash("Сохранено.", "success")
    return to_field(submission, request.args.get("field"))


@bp.route("/<int:submission_id>/preview", methods=["GET", "POST"])
@allow(SIGNED_IN)
@renders_per_person
def preview(submission_id: int) -> ResponseReturnValue:
    """Show the draft as the tutor will see it; a script asks for one text."""
    submission = get_own(submission_id)
    if request.accept_mimetypes.best == "application/json":
        text = plain_lines(request.form.get("text", ""))[: services.MAX_TEXT]
        db.session.rollback()
        return {"html": render_answer(text, patience=1)}
    if request.method == "POST":
        try:
            save_typed(submission)
        except RuleError as error:
            return hand_back(error)
        return redirect(url_for(".preview", submission_id=submission.id))
    assignment = task_of(submission)
    return render_template(
        "work/drafts/preview.html",
        submission=submission,
        assignment=assignment,
        answer=render_draft(answer_fields_of(submission, assignment, [])),
    )


@bp.post("/<int:submission_id>/send")
@allow(SIGNED_IN)
@renders_per_person
def send(submission_id: int) -> ResponseReturnValue:
    """Save the page and send the work to the tutor; what looks forgotten asks first."""
    submission = get_own(submission_id)
    try:
        save_typed(submission)
        if "sure" not in request.form and doubts_about(submission):
            return ask_first(submission)
        send_attempt(submission, author=current_user)
    except NotReadyError as error:
        return show_editor(get_own(submission_id), error.problems), 422
    except RuleError as error:
        return hand_back(error)
    flash("Работа отправлена.", "success")
    return redirect(url_for(".edit", submission_id=submission_id))
