"""Arranging a meeting, moving it, calling it off."""

from flask import (
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.permissions import staffed_cohorts
from lms.identity.accounts.permissions import STAFF
from lms.schools.meetings import services
from lms.schools.meetings.forms import MeetingForm, NewMeetingForm
from lms.schools.meetings.invited import teams_in, territories_in
from lms.schools.meetings.loading import get_meeting, get_own_meeting
from lms.schools.meetings.views.blueprint import released_as
from lms.schools.meetings.views.meeting import to_meeting


@released_as("create_meeting", "/new", ["GET", "POST"])
@allow(STAFF)
def create() -> ResponseReturnValue:
    """Call a cohort, or one team, together."""
    cohorts = list(db.session.scalars(staffed_cohorts(current_user)))
    first = {"audience": f"cohort-{request.args.get('cohort', type=int)}"}
    whom = cohorts, teams_in(cohorts), territories_in(cohorts)
    form = NewMeetingForm(*whom, data=first)
    if form.validate_on_submit():
        try:
            meeting = services.create_meeting(
                *form.audience.chosen,
                form.arrangement,
                actor=current_user,
                territory=form.chosen_territory,
                form_key=form.sent_key,
                was_held=form.was_held.data,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            done = "записана" if meeting.is_over else "назначена"
            return to_meeting(meeting, f"Встреча {done}: {meeting.when_inside}.")
    return render_template("schools/meetings/create.html", form=form, cohorts=cohorts)


@released_as("edit_meeting", "/<int:meeting_id>/edit", ["GET", "POST"])
@allow(STAFF)
def edit(meeting_id: int) -> ResponseReturnValue:
    """Move a meeting or correct it."""
    meeting = get_own_meeting(meeting_id)
    form = MeetingForm.of(meeting)
    if form.validate_on_submit():
        try:
            services.edit_meeting(
                meeting, form.arrangement, seen=form.version, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_meeting(meeting, f"Сохранено: {meeting.when_inside}.")
    return render_template("schools/meetings/edit.html", form=form, meeting=meeting)


@released_as("cancel_meeting", "/<int:meeting_id>/cancel", ["POST"])
@allow(STAFF)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Call a meeting off."""
    meeting = get_own_meeting(meeting_id)
    services.cancel_meeting(meeting, actor=current_user)
    return to_meeting(meeting, "Встреча отменена. В календаре она осталась с пометкой.")


@released_as("meeting_event", "/<int:meeting_id>.ics")
@allow(SIGNED_IN)
def event(meeting_id: int) -> ResponseReturnValue:
    """Give one meeting to the calendar of a phone."""
    from lms.schools.meetings.event import MEDIA_TYPE, meeting_file

    meeting = get_meeting(meeting_id)
    return send_made(meeting_file(meeting), meeting.title, "ics", MEDIA_TYPE)
