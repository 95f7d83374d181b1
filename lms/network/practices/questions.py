"""A question of another school and the one answer to it, whatever it is about."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.network.practices.models import Asked
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.signals import school_corrected

Question = TypeVar("Question", bound=Asked)


def questions_about(
    kind: type[Question], owner: Mapping[str, int], *, asker: User | None
) -> Sequence[Question]:
    """Return the questions about a thing (`{"line_id": 3}`), or those of one asker."""
    query = sa.select(kind).filter_by(**owner)
    if asker is not None:
        query = query.filter_by(asker_id=asker.id)
    people = joinedload(kind.asker), joinedload(kind.answered_by)
    return db.session.scalars(
        query.order_by(kind.id).options(*people, joinedload(kind.school))
    ).all()


def put_answer(question: Asked, text: str, *, member: User) -> None:
    """Answer once; a second answer written meanwhile is refused; no commit."""
    db.session.refresh(question, ["answered_at"], with_for_update=True)
    if question.answered_at:
        db.session.rollback()
        raise RuleError("На этот вопрос уже ответили.")
    question.answer, question.answered_at = text, utcnow()
    question.answered_by_id = member.id
    person_acted.send(member)


@school_corrected.connect
def move_questions(team: Team, *, left: int) -> None:
    """Ask in the name of the right school what people of a team have asked."""
    people = sa.select(Membership.user_id).where(Membership.team_id == team.id)
    for kind in Asked.__subclasses__():
        asked = sa.update(kind).where(kind.asker_id.in_(people))
        of_left = asked.where(kind.school_id == left)
        db.session.execute(of_left.values(school_id=team.school_id))
