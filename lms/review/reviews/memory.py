"""What is known of a team before its work is opened: works accepted, words said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, defer, joinedload, lazyload, load_only

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.review.reviews.released import decided, released_reviews
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission

MAX_WORKS = 20
MAX_OWN = 10
# For each set of roles, works of teams and of single people.
KEPT_STATEMENTS = 16


@dataclass(frozen=True)
class Memory:
    """Other works of the school that were accepted, and my reviews of this team."""

    accepted: Sequence[Review]
    own: Sequence[Review]

    @property
    def count(self) -> int:
        return len(self.accepted) + len(self.own)


def memory_of(submission: Submission, user: User) -> Memory:
    """Look back at the school and the team of a work, newest first; one statement."""
    team = submission.team
    whose = {"team_id": team.id, "school_id": team.school_id} if team else {}
    about = {VIEWER: user.id, "work_id": submission.id, "owner_id": submission.user_id}
    statement = _found(anybody_like(user), of_team=team is not None)
    rows: Any = db.session.execute(statement, about | whose).all()
    return Memory(
        [review for review, is_own in rows if not is_own],
        [review for review, is_own in rows if is_own],
    )


@lru_cache(maxsize=KEPT_STATEMENTS)
def _found(viewer: User, *, of_team: bool) -> sa.Select[Any]:
    """Choose the newest of both kinds, and load of them what a page says."""
    everything = released_reviews(viewer, who="all").where(
        Submission.id != sa.bindparam("work_id")
    )
    alone = Submission.user_id == sa.bindparam("owner_id")
    of_school = Submission.team.has(Team.school_id == sa.bindparam("school_id"))
    same_team = Submission.team_id == sa.bindparam("team_id")
    accepted = everything.where(
        decided(Verdict.ACCEPTED), of_school if of_team else alone
    ).limit(MAX_WORKS)
    own = everything.where(
        Review.tutor_id == viewer.id, same_team if of_team else alone
    ).limit(MAX_OWN)
    chosen = sa.union_all(
        *(
            sa.select(
                kind.with_only_columns(
                    Review.id, sa.literal(number).label("is_own")
                ).subquery()
            )
            for number, kind in enumerate((accepted, own))
        )
    ).subquery()
    return (
        sa.select(Review, chosen.c.is_own)
        .join(chosen, chosen.c.id == Review.id)
        .join(Review.attempt)
        .join(Attempt.submission)
        .order_by(chosen.c.is_own, Review.released_at.desc(), Review.id.desc())
        .options(*_with_names())
    )


def _with_names() -> list[Any]:
    attempt = contains_eager(Review.attempt)
    work = attempt.contains_eager(Attempt.submission)
    module = work.joinedload(Submission.module)
    return [
        attempt.options(defer(Attempt.fields)),
        module.joinedload(Module.current_revision).load_only(Revision.assignment_title),
        work.joinedload(Submission.team).load_only(Team.name),
        joinedload(Review.reversal).options(
            load_only(Reversal.review_id), lazyload(Reversal.decided_by)
        ),
    ]
