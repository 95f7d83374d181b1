"""Asking a mentor, or the coordinator where there is none, and taking it back."""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.network.mentors.hours import BUSY, free_hours
from lms.network.mentors.letters import tell_holder, tell_other_side
from lms.network.mentors.models import (
    OPEN,
    Ending,
    Mentor,
    MentorRequest,
    RequestState,
)
from lms.network.mentors.moves import ended, handed, move, note
from lms.schools.teams.models import School
from lms.schools.teams.permissions import active_memberships

logger = logging.getLogger(__name__)

MOST_OPEN = 10
ONESELF = "Это вы сами: спросите коллегу."
OWN_SCHOOL = "Этот наставник работает в вашей школе: спросите коллегу."
CLOSED_OFFER = "Этот наставник сейчас не берёт запросов. Оставьте запрос координатору."
TOO_MANY = (
    f"У вас {MOST_OPEN} открытых запросов. Дождитесь ответа или снимите тот, что уже"
    " не нужен."
)


def obstacle(mentor: Mentor, person: User) -> str:
    """Return why a person cannot ask a mentor now; nothing if they can."""
    if mentor.user_id == person.id:
        return ONESELF
    own = {membership.team.school_id for membership in active_memberships(person)}
    if mentor.school_id in own:
        return OWN_SCHOOL
    if not mentor.is_open:
        return CLOSED_OFFER
    if not free_hours([mentor])[mentor.id]:
        return (
            f"Наставник {BUSY}. Спросите в следующем или оставьте запрос координатору."
        )
    return ""


def ask(
    person: User,
    school: School,
    mentor: Mentor | None,
    *,
    topic: str,
    text: str,
    form_key: str | None = None,
) -> MentorRequest:
    """Ask for help; without a mentor the coordinator of the school looks for one.

    Requests of one person go one by one, so that the last one is counted as well.
    """
    if known := added_before(MentorRequest, form_key):
        return known
    go_one_by_one(f"asker {person.id}")
    if mentor:
        db.session.refresh(mentor, with_for_update={"of": Mentor})
    if refusal := _refusal(mentor, person):
        db.session.rollback()
        raise RuleError(refusal)
    request = MentorRequest(
        asker_id=person.id,
        school_id=school.id,
        chosen=mentor,
        mentor=mentor,
        topic=topic,
        text=text,
        form_key=form_key,
    )
    db.session.add(request)
    record(person.id, "запрос к наставнику", request)
    tell_holder(request)
    db.session.commit()
    logger.info("mentor request %s: asked by user %s", request.id, person.id)
    return request


def _refusal(mentor: Mentor | None, person: User) -> str:
    if mentor and (why := obstacle(mentor, person)):
        return why
    return TOO_MANY if count_open(person) >= MOST_OPEN else ""


def count_open(person: User) -> int:
    """Count the requests of a person that are not closed yet."""
    count = sa.select(sa.func.count(MentorRequest.id)).where(
        MentorRequest.asker_id == person.id, MentorRequest.state.in_(OPEN)
    )
    return db.session.scalar(count) or 0


def take_back(request: MentorRequest, *, asker: User) -> None:
    """Close one's own request: the help is not needed any more.

    A meeting that was not held yet is off, and its hours are free again.
    """
    is_held = request.is_open
    was_held = MentorRequest.meets_at <= utcnow()
    facts = ended(Ending.TAKEN_BACK) | {
        column.key: sa.case((was_held, column), else_=None)
        for column in (MentorRequest.spent_on, MentorRequest.meets_at)
    }
    move(request, (*OPEN, RequestState.DECLINED), **facts)
    if is_held:
        tell_other_side(request, asker, "Запрос сняли", "taken_back")
    note(request, "запрос к наставнику снят", asker)


def leave_to_coordinator(request: MentorRequest, *, asker: User) -> None:
    """Have the coordinator look for another mentor after a refusal."""
    if request.mentor_id is None:
        raise RuleError("Координатор уже ответил на этот запрос.")
    move(request, [RequestState.DECLINED], **handed(None))
    tell_holder(request)
    note(request, "запрос к наставнику оставлен координатору", asker)
