"""The one way by which a request changes, so that of two who press one is first."""

import logging
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.network.mentors.models import Ending, MentorRequest, RequestState

logger = logging.getLogger(__name__)

MOVED_ON = (
    "Пока вы писали, с этим запросом уже что-то сделали. Откройте его заново и"
    " посмотрите, что теперь."
)
# What a request loses when it goes to another mentor, or back to the coordinator.
ANEW: dict[str, Any] = {
    "hours": None,
    "spent_on": None,
    "meets_at": None,
    "place": "",
    "mentor_reminded_at": None,
    "asker_reminded_at": None,
}


def move(
    request: MentorRequest,
    since: Iterable[RequestState],
    *also: sa.ColumnElement[bool],
    **values: Any,
) -> None:
    """Change a request that is in one of some states and with whom the page said.

    The database compares, not a check made earlier: the other one hears of it.
    """
    moved = db.session.execute(
        sa.update(MentorRequest)
        .where(MentorRequest.id == request.id, MentorRequest.state.in_(list(since)))
        .where(MentorRequest.mentor_id.is_not_distinct_from(request.mentor_id), *also)
        .values(**values)
    )
    if moved.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError(MOVED_ON)


def handed(mentor_id: int | None) -> dict[str, Any]:
    """Return what becomes of a request with whoever has it from now on."""
    now = {"state": RequestState.HANDED, "mentor_id": mentor_id, "held_since": utcnow()}
    return ANEW | now


def ended(ending: Ending) -> dict[str, Any]:
    """Return what closing a request changes."""
    return {"state": RequestState.CLOSED, "closed_at": utcnow(), "ending": ending}


def note(request: MentorRequest, action: str, actor: User, **after: str) -> None:
    """Write into the journal what was done to a request, and commit."""
    record(actor.id, action, request, after=after)
    db.session.commit()
    logger.info("mentor request %s: %s by user %s", request.id, action, actor.id)
