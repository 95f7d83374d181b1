"""Letters about requests: each side learns at once what the other one did."""

from zoneinfo import ZoneInfo

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.network.mentors.models import MentorRequest
from lms.schools.meetings.wording import dated
from lms.schools.territories.permissions import coordinators_of


def tell_holder(request: MentorRequest) -> None:
    """Tell whoever has a request from now on: the mentor, or the coordinators."""
    db.session.flush()
    db.session.refresh(request)
    if request.mentor:
        write(request, request.mentor.user, "Запрос к вам", "asked")
        return
    for person in db.session.scalars(coordinators_of(request.school_id)).all():
        write(request, person, "Нужен наставник", "unmet")


def tell_asker(request: MentorRequest) -> None:
    """Tell whoever asked what was answered."""
    db.session.refresh(request)
    write(request, request.asker, "Ответ на ваш запрос", "answered")


def tell_other_side(
    request: MentorRequest, actor: User, subject: str, template: str
) -> None:
    """Tell whichever of the two did not do it."""
    db.session.refresh(request)
    sides = [request.asker, *([request.mentor.user] if request.mentor else [])]
    for person in sides:
        if person.id != actor.id:
            write(request, person, subject, template)


def write(request: MentorRequest, person: User, subject: str, template: str) -> None:
    """Add a letter about a request to the caller's transaction.

    The hour of the meeting is said by the clock of whoever reads it.
    """
    zone = ZoneInfo(person.timezone)
    write_letter(
        person,
        Letter.MENTOR,
        f"{subject}: {request.topic}",
        f"network/mentors/mail/{template}.txt",
        request=request,
        meets=dated(request.meets_at, zone) if request.meets_at else "",
    )
