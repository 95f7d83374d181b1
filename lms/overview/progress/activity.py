"""Who of a team did something last: writing, sending, checking themselves, reading."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.models import ReadMark
from lms.identity.accounts.models import User
from lms.outcomes.plans.models import PlanEdit
from lms.review.appeals.models import Appeal
from lms.review.deferrals.models import Deferral
from lms.review.questions.models import Question
from lms.review.reviews.models import Review
from lms.review.threads.models import Message, Voice
from lms.schools.teams.models import Membership, Team
from lms.work.drafts.models import DraftField, DraftFile, RivalText
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Attempt, Submission
from lms.work.ticks.models import Tick


class Action(NamedTuple):
    """What somebody did: when, and the name."""

    at: datetime
    name: str


@dataclass(frozen=True)
class Activity:
    """The last action in each team's works, and of each person on their own."""

    of_teams: dict[int, Action]
    of_people: dict[int, Action]

    def last(self, team_id: int, member_ids: Iterable[int]) -> Action | None:
        """Return what was last done for a team: together, or by one of its people."""
        found = [self.of_people.get(member_id) for member_id in member_ids]
        found.append(self.of_teams.get(team_id))
        return max((action for action in found if action), default=None)


def read_activity(cohort_ids: Collection[int]) -> Activity:
    """Read the last actions in some cohorts; one statement."""
    actions = sa.union_all(*_in_works(cohort_ids), *_alone(cohort_ids)).subquery()
    # By the key of each: joined, the names of the whole country would be read.
    name = sa.select(User.full_name).where(User.id == actions.c.user_id)
    rows: Any = db.session.execute(sa.select(actions, name.scalar_subquery()))
    activity = Activity({}, {})
    for team_id, user_id, at, name in rows:
        found = activity.of_people if team_id is None else activity.of_teams
        key = user_id if team_id is None else team_id
        action = Action(at, name)
        found[key] = max(found.get(key, action), action)
    return activity


def _in_works(cohort_ids: Collection[int]) -> list[sa.Select[Any]]:
    """What was done in works, about them and their lessons, and in the plan."""
    moments: list[tuple[Any, Any]] = [
        (DraftField.author_id, DraftField.saved_at),
        (RivalText.author_id, RivalText.saved_at),
        (DraftFile.uploaded_by_id, DraftFile.uploaded_at),
        (Attempt.sent_by_id, Attempt.sent_at),
        (Deferral.asked_by_id, Deferral.asked_at),
        (Message.author_id, Message.written_at),
    ]
    works = _works(cohort_ids)
    actions = [
        _last(works.c.team_id, person, at).join(
            works, works.c.id == person.class_.submission_id
        )
        for person, at in moments
    ]
    asked = _last(Question.team_id, Question.author_id, Question.asked_at)
    plan = _last(PlanEdit.team_id, PlanEdit.author_id, PlanEdit.saved_at)
    teams = sa.select(Team.id).where(Team.cohort_id.in_(cohort_ids))
    return [
        *actions[:-1],
        actions[-1].where(Message.voice == Voice.OWNER),
        *_answers(works),
        plan.where(PlanEdit.team_id.in_(teams)),
        asked.where(Question.team_id.in_(teams)),
    ]


def _works(cohort_ids: Collection[int]) -> sa.CTE:
    """Find the works once, by their cohort.

    Left to join each kind of action by itself, PostgreSQL reads all works of the
    country in the order of their ids.
    """
    works = sa.select(Submission.id, Submission.team_id)
    return works.where(Submission.cohort_id.in_(cohort_ids)).cte("works")


def _answers(works: sa.CTE) -> list[sa.Select[Any]]:
    """What teams did about a review: remarks ticked off, a second look asked for."""
    ticks = _last(works.c.team_id, Tick.ticked_by_id, Tick.ticked_at).join(
        Attempt, Attempt.id == Tick.attempt_id
    )
    appeals = (
        _last(works.c.team_id, Appeal.asked_by_id, Appeal.asked_at)
        .join(Review, Review.id == Appeal.review_id)
        .join(Attempt, Attempt.id == Review.attempt_id)
    )
    work = works.c.id == Attempt.submission_id
    return [ticks.join(works, work), appeals.join(works, work)]


def _alone(cohort_ids: Collection[int]) -> list[sa.Select[Any]]:
    """What people did by themselves; it counts for the team in which they are now."""
    members = (
        sa.select(Membership.user_id)
        .join(Membership.team)
        .where(Team.cohort_id.in_(cohort_ids), Membership.left_at.is_(None))
    )
    nobody = sa.cast(sa.null(), sa.Integer)
    # A self-check is taken for one cohort; what is read, is read for all.
    taken_for = QuizResult.cohort_id
    checked = _last(nobody, QuizResult.user_id, QuizResult.taken_at).where(
        QuizResult.user_id.in_(members),
        sa.or_(taken_for.is_(None), taken_for.in_(cohort_ids)),
    )
    read = _last(nobody, ReadMark.user_id, ReadMark.read_at)
    return [checked, read.where(ReadMark.user_id.in_(members))]


def _last(team: Any, person: Any, at: Any) -> sa.Select[Any]:
    last = sa.func.max(at).label("at")
    columns = team.label("team_id"), person.label("user_id"), last
    groups = [person] if isinstance(team, sa.Cast) else [team, person]
    return sa.select(*columns).select_from(person.class_).group_by(*groups)
