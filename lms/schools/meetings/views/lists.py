"""Uploading the list of a service of meetings: a look first, then the button."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.language import plural
from lms.identity.accounts.permissions import STAFF
from lms.schools.enrolments.tables import LARGEST
from lms.schools.meetings import lists
from lms.schools.meetings.forms import ConfirmForm, ListForm
from lms.schools.meetings.loading import get_list, get_own_meeting
from lms.schools.meetings.matching import Verdict
from lms.schools.meetings.models import AttendanceList
from lms.schools.meetings.views.blueprint import bp
from lms.schools.meetings.views.meeting import to_meeting


@bp.route("/<int:meeting_id>/attendance/list", methods=["GET", "POST"])
@allow(STAFF)
def upload(meeting_id: int) -> ResponseReturnValue:
    """Give the file in which the service tells who was there."""
    meeting = get_own_meeting(meeting_id)
    form = ListForm()
    if form.validate_on_submit():
        try:
            uploaded = lists.upload_attendance(
                meeting,
                content=form.file.data.read(LARGEST + 1),
                name=form.file.data.filename or "список",
                author=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.file.errors = [str(error)]
        else:
            return redirect(url_for(".check", list_id=uploaded.id))
    return render_template("schools/meetings/upload.html", form=form, meeting=meeting)


@bp.route("/lists/<int:list_id>", methods=["GET", "POST"])
@allow(STAFF)
def check(list_id: int) -> ResponseReturnValue:
    """Show whom the list names; nothing is done before the button."""
    uploaded = get_list(list_id)
    plan = lists.plan_of(uploaded)
    form = ConfirmForm(plan)
    if form.validate_on_submit():
        meeting = uploaded.meeting
        try:
            done = confirm(uploaded, form)
        except RuleError as error:
            form.form_errors.append(str(error))
            plan = lists.plan_of(uploaded)
        else:
            return to_meeting(meeting, done)
    form.seen.data = plan.fingerprint
    return render_template(
        "schools/meetings/check.html",
        form=form,
        uploaded=uploaded,
        meeting=uploaded.meeting,
        plan=plan,
        changes=plan.changes({}),
        present=plan.present({}),
        Verdict=Verdict,
    )


@bp.post("/lists/<int:list_id>/discard")
@allow(STAFF)
def discard(list_id: int) -> ResponseReturnValue:
    """Forget a list that was not confirmed."""
    uploaded = get_list(list_id)
    meeting_id = uploaded.meeting_id
    lists.forget_list(uploaded)
    flash("Список убран, в явке ничего не изменилось.", "success")
    return redirect(url_for(".attendance", meeting_id=meeting_id))


def confirm(uploaded: AttendanceList, form: ConfirmForm) -> str:
    """Do what the list says, and say what that was."""
    changes, guests = lists.confirm_attendance(
        uploaded,
        seen=form.seen.data or "",
        taken=form.chosen,
        everybody=form.everybody.data,
        actor=current_user,
    )
    changed = plural(changes, "изменение", "изменения", "изменений")
    unknown = plural(guests, "гость", "гостя", "гостей")
    left = f" Не из команд: {unknown}, их имена не сохранены." if guests else ""
    return f"Список принят и удалён: {changed} в явке.{left}"
