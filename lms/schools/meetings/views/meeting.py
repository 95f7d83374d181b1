"""One meeting: before it who comes, after it what is left."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.downloads import send_stored
from lms.course.cohorts.permissions import can_run
from lms.course.cohorts.programme import lesson_title
from lms.schools.meetings.attendance import rows_of, watch_recording
from lms.schools.meetings.loading import get_meeting, get_paper
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import can_mark, is_invited, shown_teams
from lms.schools.meetings.recordings import tell_lost
from lms.schools.meetings.replies import replies_of, reply, reply_of
from lms.schools.meetings.turnout import called_to
from lms.schools.meetings.views.blueprint import bp

# What «Буду» and «Не смогу» send.
ANSWERS = {"yes": True, "no": False}


def to_meeting(meeting: Meeting, message: str) -> ResponseReturnValue:
    """Go back to a meeting and say there what happened."""
    flash(message, "success")
    return redirect(url_for("meetings.meeting", meeting_id=meeting.id))


@bp.get("/<int:meeting_id>/")
@allow(SIGNED_IN)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Show when and where a meeting is, or what is left of it and who came."""
    meeting = get_meeting(meeting_id)
    teams = called_to(meeting, shown_teams(current_user, meeting))
    people = [guest.membership.user_id for team in teams for guest in team.guests]
    return render_template(
        "schools/meetings/meeting.html",
        meeting=meeting,
        teams=teams,
        replies=replies_of(meeting, people),
        is_invited=is_invited(current_user, meeting),
        own_reply=reply_of(meeting, current_user),
        own=rows_of(meeting, [current_user.id]).get(current_user.id),
        may_run=can_run(current_user, meeting.cohort),
        lesson_title=lesson_title,
        may_mark=can_mark(current_user, meeting),
    )


@bp.post("/<int:meeting_id>/reply")
@allow(SIGNED_IN)
def answer(meeting_id: int) -> ResponseReturnValue:
    """«Буду» or «Не смогу»."""
    meeting = get_meeting(meeting_id)
    require(is_invited(current_user, meeting))
    comes = ANSWERS.get(request.form.get("comes", ""))
    if comes is None:
        abort(400)
    reply(meeting, current_user, comes=comes)
    said = "Вы будете" if comes else "Вы не сможете прийти"
    return to_meeting(meeting, f"{said}: ответ виден тьютору и вашей команде.")


@bp.post("/<int:meeting_id>/watched")
@allow(SIGNED_IN)
def watch(meeting_id: int) -> ResponseReturnValue:
    """«Запись посмотрели»."""
    meeting = get_meeting(meeting_id)
    require(is_invited(current_user, meeting))
    watch_recording(meeting, current_user)
    return to_meeting(meeting, "Записано: запись вы посмотрели.")


@bp.post("/<int:meeting_id>/lost")
@allow(SIGNED_IN)
def lost(meeting_id: int) -> ResponseReturnValue:
    """«Запись не открывается»."""
    meeting = get_meeting(meeting_id)
    require(is_invited(current_user, meeting))
    tell_lost(meeting, reader=current_user)
    return to_meeting(meeting, "Спасибо, тьютор узнает об этом и заменит ссылку.")


@bp.get("/<int:meeting_id>/files/<int:file_id>")
@allow(SIGNED_IN)
def paper(meeting_id: int, file_id: int) -> ResponseReturnValue:
    """Give a paper of a meeting, or its recording."""
    file = get_paper(meeting_id, file_id)
    return send_stored(file.sha256, name=file.name, media_type=file.media_type)
