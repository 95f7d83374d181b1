"""Meetings of the council, and their minutes."""

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.edit_forms import save_edit
from lms.core.extensions import db
from lms.core.file_fields import PaperForm
from lms.core.language import today
from lms.identity.accounts.limits import additions_per_person
from lms.network.councils import meetings
from lms.network.councils.forms import MeetingForm
from lms.network.councils.loading import get_own_meeting, get_own_paper
from lms.network.councils.models import CouncilMeeting
from lms.network.councils.views.blueprint import bp
from lms.network.partners.loading import get_own_school
from lms.schools.teams.models import School


@bp.route("/schools/<int:school_id>/meetings/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add_meeting(school_id: int) -> ResponseReturnValue:
    """Write down a day on which the council met, or is going to."""
    school = get_own_school(school_id)
    form = MeetingForm(data={"held_on": today()})
    if form.validate_on_submit():
        added = meetings.add_meeting(
            school, form.values, author=current_user, form_key=form.sent_key
        )
        flash("Записано. Теперь можно приложить протокол.", "success")
        return redirect(url_for(".meeting", meeting_id=added.id, _anchor="files"))
    return _page(school, form)


@bp.route("/meetings/<int:meeting_id>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Say what was decided, and look after the minutes."""
    meeting = get_own_meeting(meeting_id)
    form = MeetingForm(obj=meeting)
    if save_edit(form, meeting, meetings.change_meeting, load=get_own_meeting):
        return redirect(url_for(".index", school_id=meeting.school_id))
    return _page(_school_of(meeting), form, meeting)


@bp.post("/meetings/<int:meeting_id>/remove")
@allow(SIGNED_IN)
def remove_meeting(meeting_id: int) -> ResponseReturnValue:
    """Take away a meeting that was written down by mistake."""
    meeting = get_own_meeting(meeting_id)
    school_id = meeting.school_id
    meetings.remove_meeting(meeting, author=current_user)
    flash("Заседание убрано.", "success")
    return redirect(url_for(".index", school_id=school_id))


@bp.post("/meetings/<int:meeting_id>/files")
@allow(SIGNED_IN)
def add_paper(meeting_id: int) -> ResponseReturnValue:
    """Put the minutes to a meeting."""
    meeting, form = get_own_meeting(meeting_id), PaperForm()
    if form.put(partial(meetings.add_paper, meeting, author=current_user)):
        return _to_files(meeting_id)
    meeting = get_own_meeting(meeting_id)
    words = MeetingForm(formdata=None, obj=meeting)
    return _page(_school_of(meeting), words, meeting, paper=form)


@bp.get("/meetings/<int:meeting_id>/files/<int:file_id>")
@allow(SIGNED_IN)
def paper(meeting_id: int, file_id: int) -> Response:
    """Give the minutes to the people of the school."""
    _, file = get_own_paper(meeting_id, file_id)
    return send_stored(file.sha256, name=file.name, media_type=file.media_type)


@bp.post("/meetings/<int:meeting_id>/files/<int:file_id>/remove")
@allow(SIGNED_IN)
def remove_paper(meeting_id: int, file_id: int) -> ResponseReturnValue:
    """Take the minutes away from a meeting."""
    meeting, file = get_own_paper(meeting_id, file_id)
    meetings.remove_paper(meeting, file, author=current_user)
    return _to_files(meeting_id)


def _school_of(meeting: CouncilMeeting) -> School:
    return db.session.get_one(School, meeting.school_id)


def _to_files(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for(".meeting", meeting_id=meeting_id, _anchor="files"))


def _page(
    school: School,
    form: MeetingForm,
    meeting: CouncilMeeting | None = None,
    *,
    paper: PaperForm | None = None,
) -> ResponseReturnValue:
    return render_template(
        "network/councils/meeting.html",
        school=school,
        form=form,
        meeting=meeting,
        is_held=meeting is not None and meeting.held_on <= today(),
        paper=paper or PaperForm(),
        rules=meetings.PAPERS,
    )
