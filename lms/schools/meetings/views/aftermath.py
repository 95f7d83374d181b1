"""Telling what is left of a meeting: a summary, the recording, papers."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.file_fields import PaperForm
from lms.identity.accounts.permissions import STAFF
from lms.schools.meetings import aftermath
from lms.schools.meetings.forms import SummaryForm
from lms.schools.meetings.loading import get_own_meeting, get_own_paper
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.views.blueprint import bp
from lms.schools.meetings.views.meeting import to_meeting


@bp.route("/<int:meeting_id>/summary", methods=["GET", "POST"])
@allow(STAFF)
def summary(meeting_id: int) -> ResponseReturnValue:
    """Write down what was decided, and where the recording is."""
    meeting = get_own_meeting(meeting_id)
    stored = aftermath.aftermath_of(meeting)
    form = SummaryForm(data={**stored._asdict(), "seen": stored.fingerprint})
    if form.validate_on_submit():
        told = aftermath.Aftermath(form.summary.data, form.recording_url.data)
        try:
            aftermath.tell_aftermath(
                meeting, told, seen=form.seen.data or "", actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
            form.seen.data = aftermath.aftermath_of(meeting).fingerprint
        else:
            return to_meeting(meeting, "Итоги сохранены.")
    return _page(meeting, form, PaperForm())


@bp.post("/<int:meeting_id>/files")
@allow(STAFF)
def add_file(meeting_id: int) -> ResponseReturnValue:
    """Put a paper to a meeting."""
    meeting = get_own_meeting(meeting_id)
    form = PaperForm()
    if form.put(partial(aftermath.add_paper, meeting, actor=current_user)):
        return redirect(url_for(".summary", meeting_id=meeting_id, _anchor="files"))
    stored = aftermath.aftermath_of(meeting)
    words = SummaryForm(
        formdata=None, data={**stored._asdict(), "seen": stored.fingerprint}
    )
    return _page(meeting, words, form)


@bp.post("/<int:meeting_id>/files/<int:file_id>/remove")
@allow(STAFF)
def remove_file(meeting_id: int, file_id: int) -> ResponseReturnValue:
    """Take a paper away from a meeting."""
    meeting, file = get_own_paper(meeting_id, file_id)
    aftermath.remove_paper(meeting, file, actor=current_user)
    return redirect(url_for(".summary", meeting_id=meeting_id, _anchor="files"))


def _page(meeting: Meeting, form: SummaryForm, paper: PaperForm) -> ResponseReturnValue:
    return render_template(
        "schools/meetings/summary.html",
        meeting=meeting,
        form=form,
        paper=paper,
        rules=aftermath.PAPERS,
    )
