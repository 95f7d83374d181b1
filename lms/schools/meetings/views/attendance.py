"""Telling who was at a meeting, and the sheet of it."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.language import plural
from lms.course.cohorts.permissions import can_run
from lms.identity.accounts.permissions import OBSERVERS
from lms.schools.meetings.attendance import mark_present
from lms.schools.meetings.forms import AttendanceForm
from lms.schools.meetings.loading import get_markable
from lms.schools.meetings.permissions import markable_teams
from lms.schools.meetings.replies import replies_of
from lms.schools.meetings.turnout import called_to
from lms.schools.meetings.views.blueprint import bp
from lms.schools.meetings.views.meeting import to_meeting


@bp.route("/<int:meeting_id>/attendance", methods=["GET", "POST"])
@allow(OBSERVERS)
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Tick who was there, team by team."""
    meeting = get_markable(meeting_id)
    mine = markable_teams(current_user, meeting)
    teams = called_to(meeting, mine, with_late=True)
    guests = [guest for team in teams for guest in team.guests]
    form = AttendanceForm(guests)
    if form.validate_on_submit():
        shown = [guest.membership.user_id for guest in guests]
        ticks = {"was": form.was_ticked, "present": form.present.data or []}
        try:
            came, left = mark_present(meeting, shown=shown, actor=current_user, **ticks)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_meeting(meeting, _said(came, left))
    return render_template(
        "schools/meetings/attendance.html",
        meeting=meeting,
        form=form,
        teams=teams,
        replies=replies_of(meeting, [g.membership.user_id for g in guests]),
        may_run=can_run(current_user, meeting.cohort),
    )


@bp.get("/<int:meeting_id>/attendance.<kind>")
@allow(OBSERVERS)
def sheet(meeting_id: int, kind: str) -> ResponseReturnValue:
    """«Явочный лист» for Word or Excel."""
    from lms.schools.meetings.sheets import KINDS, TITLE

    if kind not in KINDS:
        abort(404)
    meeting = get_markable(meeting_id)
    teams = called_to(meeting, markable_teams(current_user, meeting))
    write, media_type = KINDS[kind]
    made = write(meeting, teams)
    return send_made(made, f"{TITLE}, {meeting.title}", kind, media_type)


def _said(came: int, left: int) -> str:
    """Say what the ticks have changed."""
    if not came and not left:
        return "Явка сохранена, в ней ничего не изменилось."
    people = ("человек", "человека", "человек")
    changes = [f"отмечено: {plural(came, *people)}"] if came else []
    changes += [f"снята отметка: {plural(left, *people)}"] if left else []
    return f"Явка сохранена, {', '.join(changes)}."
