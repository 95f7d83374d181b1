"""Requests: the list of all that a person has to do with, and one of them."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.network.mentors.answering import can_hand_over, handed_from
from lms.network.mentors.forms import (
    AcceptForm,
    AskerResultForm,
    DeclineForm,
    HandOverForm,
    MeetingForm,
    ResultForm,
)
from lms.network.mentors.listing import mentors_to_take_over, requests_of
from lms.network.mentors.loading import get_request, get_shared, leads, may_answer
from lms.network.mentors.models import MentorRequest
from lms.network.mentors.permissions import is_asker, is_mentor, leads_requests
from lms.network.mentors.queue import queue_of
from lms.network.mentors.views.blueprint import bp
from lms.schools.teams.loading import my_membership


@bp.get("/requests/")
@allow(SIGNED_IN)
def requests() -> ResponseReturnValue:
    """See what one has asked, what others ask, and what schools ask that one leads."""
    is_leading = leads_requests(current_user)
    return render_template(
        "network/mentors/requests.html",
        requests=requests_of(current_user, leads=is_leading),
        is_leading=is_leading,
        is_member=my_membership() is not None,
    )


@bp.get("/requests/<int:request_id>/")
@allow(SIGNED_IN)
def request(request_id: int) -> ResponseReturnValue:
    """Read a request and do what is one's own to do with it."""
    return show_request(get_request(request_id))


@bp.get("/requests/<int:request_id>/meeting.ics")
@allow(SIGNED_IN)
def meeting_event(request_id: int) -> ResponseReturnValue:
    """Give the meeting to the calendar of a phone."""
    from lms.network.mentors.meeting_file import MEDIA_TYPE, meeting_file

    asked = get_shared(request_id)
    if asked.meets_at is None:
        abort(404)
    about = f"Встреча с наставником, {asked.topic}"
    return send_made(meeting_file(asked), about, "ics", MEDIA_TYPE)


def show_request(asked: MentorRequest, **refused: Any) -> str:
    """Show a request; a form that was refused comes back with what was typed."""
    is_own, is_held = is_asker(current_user, asked), is_mentor(current_user, asked)
    is_led = leads(asked)
    may_hand_over = is_led and can_hand_over(asked)
    helpers = mentors_to_take_over(asked) if may_hand_over else []
    forms = {
        "accept": AcceptForm(prefix="accept"),
        "decline": DeclineForm(prefix="decline"),
        "hand_over": HandOverForm(helpers, prefix="hand_over"),
        "meeting": MeetingForm.of(asked),
        "result": result_form(asked),
    }
    if "meeting" in refused:
        refused["meeting"].see(asked)
    return render_template(
        "network/mentors/request.html",
        request=asked,
        queue=queue_of(asked) if is_own and asked.is_waiting else None,
        is_own=is_own,
        is_held=is_held,
        is_led=is_led,
        offered=forms_offered(asked),
        may_hand_over=may_hand_over,
        handed_from=handed_from(asked),
        helpers=helpers,
        forms=forms | refused,
    )


def forms_offered(asked: MentorRequest) -> set[str]:
    """Name what the person who looks may type about a request as it is now."""
    is_own = is_asker(current_user, asked)
    offered = set()
    if asked.is_waiting and may_answer(asked):
        offered |= {"accept", "decline"} if asked.mentor else {"decline"}
    if asked.is_under_way and (is_own or is_mentor(current_user, asked)):
        is_told = asked.asker_result if is_own else asked.mentor_result
        offered |= {"meeting"} if is_told else {"meeting", "result"}
    return offered


def result_form(asked: MentorRequest) -> ResultForm:
    """Return the form of the side on which the person who looks is."""
    of_side = AskerResultForm if is_asker(current_user, asked) else ResultForm
    return of_side(prefix="result")
