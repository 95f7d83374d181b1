"""Answering a request: accepting, declining, handing over, meeting, the results."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import course_day, month, plural, today
from lms.identity.accounts.models import User
from lms.network.mentors.hours import free_hours
from lms.network.mentors.letters import tell_asker, tell_holder, tell_other_side
from lms.network.mentors.models import (
    UNDER_WAY,
    WAITING,
    Ending,
    Mentor,
    MentorRequest,
    RequestState,
)
from lms.network.mentors.moves import ended, handed, move, note

# So long the mentor has a request alone.
HANDED_AFTER = timedelta(days=14)
TOO_EARLY = (
    "Наставник ещё думает: передать запрос можно через 14 дней после того, как он его"
    " получил."
)
PAST = "Это время уже прошло. Выберите другое."


def accept(request: MentorRequest, *, hours: int, words: str, actor: User) -> None:
    """Promise help; the hours are taken from this month until a meeting is set."""
    _take_hours(request, hours, today())
    move(
        request,
        WAITING,
        state=RequestState.ACCEPTED,
        answer=words,
        hours=hours,
        spent_on=today(),
        **_answered(),
    )
    tell_asker(request)
    note(request, "запрос к наставнику принят", actor)


def decline(request: MentorRequest, *, reason: str, actor: User) -> None:
    """Say why not; the asker may leave it to the coordinator, or ask another one."""
    move(request, WAITING, state=RequestState.DECLINED, answer=reason, **_answered())
    tell_asker(request)
    note(request, "запрос к наставнику отклонён", actor, причина=reason)


def _answered() -> dict[str, Any]:
    first = sa.func.coalesce(MentorRequest.answered_at, utcnow())
    return {"answered_at": first}


def handed_from(request: MentorRequest) -> datetime:
    """Tell from when on a request that waits may go to another mentor."""
    return request.held_since + HANDED_AFTER


def can_hand_over(request: MentorRequest) -> bool:
    """Tell a request with nobody, one refused, and one that waits for two weeks."""
    if request.is_declined:
        return True
    waited = utcnow() >= handed_from(request)
    return request.is_waiting and (request.mentor_id is None or waited)


def hand_over(request: MentorRequest, mentor: Mentor, *, actor: User) -> None:
    """Give a request to another mentor; its first day stays."""
    if not can_hand_over(request):
        raise RuleError(TOO_EARLY)
    if mentor.id == request.mentor_id:
        raise RuleError("Запрос и сейчас у этого наставника.")
    if mentor.school_id == request.school_id or mentor.user_id == request.asker_id:
        raise RuleError("Этот наставник из той же школы. Выберите другого.")
    move(request, (*WAITING, RequestState.DECLINED), **handed(mentor.id))
    tell_holder(request)
    note(request, "запрос к наставнику передан", actor, кому=mentor.user.full_name)


def arrange(
    request: MentorRequest,
    *,
    meets_at: datetime,
    minutes: int,
    place: str,
    actor: User,
    seen: int | None = None,
) -> None:
    """Set the day of the meeting, or move it: either side may.

    Of two who do it at once one is first; the other has `seen` what stood before.
    """
    if meets_at <= utcnow():
        raise RuleError(PAST)
    subject = "Встречу перенесли" if request.meets_at else "Встреча назначена"
    day = course_day(meets_at)
    _take_hours(request, request.hours or 0, day)
    move(
        request,
        UNDER_WAY,
        MentorRequest.sequence == (request.sequence if seen is None else seen),
        state=RequestState.ARRANGED,
        meets_at=meets_at,
        minutes=minutes,
        place=place,
        spent_on=day,
        sequence=MentorRequest.sequence + 1,
        asker_reminded_at=None,
    )
    tell_other_side(request, actor, subject, "arranged")
    note(request, "назначена встреча с наставником", actor)


def tell_result(
    request: MentorRequest,
    *,
    by_mentor: bool,
    result: str,
    rating: int | None = None,
    actor: User,
) -> None:
    """Say in a sentence what came of it; the second one who says it closes it."""
    side = MentorRequest.mentor_result if by_mentor else MentorRequest.asker_result
    values: dict[str, Any] = {side.key: result}
    values |= {} if by_mentor else {"rating": rating, "asker_reminded_at": None}
    first = sa.func.coalesce(MentorRequest.result_at, utcnow())
    move(request, UNDER_WAY, result_at=first, **values)
    db.session.execute(
        sa.update(MentorRequest)
        .where(MentorRequest.id == request.id)
        .where(MentorRequest.asker_result != "", MentorRequest.mentor_result != "")
        .values(**ended(Ending.BOTH))
    )
    note(request, "итог запроса к наставнику", actor)


def _take_hours(request: MentorRequest, hours: int, on: date) -> None:
    """Refuse what goes over the month; the row of the mentor keeps two tabs apart."""
    mentor = request.mentor
    if mentor is None:
        raise RuleError("Этот запрос пока без наставника: передайте его кому-нибудь.")
    db.session.refresh(mentor, with_for_update={"of": Mentor})
    is_here = request.spent_on and request.spent_on.replace(day=1) == on.replace(day=1)
    left = free_hours([mentor], on)[mentor.id]
    left += (request.hours or 0) if is_here else 0
    if hours > left:
        db.session.rollback()
        free = plural(left, "свободный час", "свободных часа", "свободных часов")
        raise RuleError(
            f"Это больше, чем у наставника осталось: {month(on)}, {free}. Выберите"
            " другой месяц или меньше часов."
        )
