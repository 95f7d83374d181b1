"""What is known of a team before its work is opened: works accepted, words said."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.reviews.models import Review, Verdict
from lms.review.reviews.released import decided, released_reviews
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission

MAX_WORKS = 20
MAX_OWN = 10


@dataclass(frozen=True)
class Memory:
    """Other works of the school that were accepted, and my reviews of this team."""

    accepted: Sequence[Review]
    own: Sequence[Review]

    @property
    def count(self) -> int:
        return len(self.accepted) + len(self.own)


def memory_of(submission: Submission, user: User) -> Memory:
    """Look back at the school and the team of a work; newest first."""
    everything = released_reviews(user, who="all").where(Submission.id != submission.id)
    accepted = everything.where(decided(Verdict.ACCEPTED), _of_the_school(submission))
    own = everything.where(Review.tutor_id == user.id, _of_the_team(submission))
    return Memory(
        db.session.scalars(accepted.limit(MAX_WORKS)).all(),
        db.session.scalars(own.limit(MAX_OWN)).all(),
    )


def _of_the_school(submission: Submission) -> sa.ColumnElement[bool]:
    if submission.team is None:
        return Submission.user_id == submission.user_id
    return Submission.team.has(Team.school_id == submission.team.school_id)


def _of_the_team(submission: Submission) -> sa.ColumnElement[bool]:
    if submission.team is None:
        return Submission.user_id == submission.user_id
    return Submission.team_id == submission.team_id
