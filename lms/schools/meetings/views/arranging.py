"""Arranging a meeting, moving it, calling it off."""

import sqlalchemy as sa
from flask import (
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.permissions import staffed_cohorts
from lms.identity.accounts.permissions import STAFF
from lms.schools.meetings import services
from lms.schools.meetings.forms import MeetingForm, NewMeetingForm
from lms.schools.meetings.loading import get_meeting, get_own_meeting
from lms.schools.meetings.views.blueprint import released_as
from lms.schools.teams.models import Team


@released_as("create_meeting", "/new", ["GET", "POST"])
@allow(STAFF)
def create() -> ResponseReturnValue:
    """Call a cohort, or one team, together."""
    cohorts = list(db.session.scalars(staffed_cohorts(current_user)))
    teams = db.session.scalars(
        sa.select(Team)
        .where(Team.cohort_id.in_([cohort.id for cohort in cohorts]))
        .order_by(Team.name)
        .options(joinedload(Team.school))
    ).all()
    chosen = request.args.get("cohort", type=int)
    form = NewMeetingForm(cohorts, teams, data={"audience": f"cohort-{chosen}"})
    if form.validate_on_submit():
        try:
            meeting = services.create_meeting(
                *form.audience.chosen,
                form.arrangement,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Встреча назначена: {meeting.when}.", "success")
            return redirect(url_for("agenda.index"))
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
            flash(f"Сохранено: {meeting.when}.", "success")
            return redirect(url_for("agenda.index"))
    return render_template("schools/meetings/edit.html", form=form, meeting=meeting)


@released_as("cancel_meeting", "/<int:meeting_id>/cancel", ["POST"])
@allow(STAFF)
def cancel(meeting_id: int) -> ResponseReturnValue:
    """Call a meeting off."""
    services.cancel_meeting(get_own_meeting(meeting_id), actor=current_user)
    flash("Встреча отменена. В календаре она осталась с пометкой.", "success")
    return redirect(url_for("agenda.index"))


@released_as("meeting_event", "/<int:meeting_id>.ics")
@allow(SIGNED_IN)
def event(meeting_id: int) -> ResponseReturnValue:
    """Give one meeting to the calendar of a phone."""
    from lms.schools.meetings.event import MEDIA_TYPE, meeting_file

    answer = Response(meeting_file(get_meeting(meeting_id)), content_type=MEDIA_TYPE)
    name = f"vstrecha-{meeting_id}.ics"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
