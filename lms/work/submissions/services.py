"""What may happen to a work as a whole."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission


def start_submission(module: Module, *, user: User, team: Team) -> Submission:
    """Return the team's (or the person's own) work on a module, begun if need be.

    Two members press the button at once; the unique constraint leaves one work
    and both get it.
    """
    revision = module.current_revision
    if revision is None or not revision.assignment_title:
        raise RuleError("У этого занятия нет практического задания.")
    row = db.session.get(CalendarRow, (team.cohort_id, module.id))
    if row is None or row.opens_on > today() or team.cohort.is_planned:
        raise RuleError("Это занятие ещё не открыто для вашего потока.")
    personal = revision.assignment_by == "person"
    owner = {"user_id": user.id} if personal else {"team_id": team.id}
    key = {"cohort_id": team.cohort_id, "module_id": module.id, **owner}
    existing = sa.select(Submission).filter_by(**key)
    if work := db.session.scalar(existing):
        return work
    if team.cohort.is_closed:
        raise RuleError("Поток завершён, новые работы уже не начинают.")
    try:
        db.session.add(Submission(**key, due_on=row.due_on))
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()
    return db.session.scalars(existing).one()


def attempts_of(submission: Submission) -> list[Attempt]:
    """Return what was sent, newest first, with files and senders."""
    return list(
        db.session.scalars(
            sa.select(Attempt)
            .where(Attempt.submission_id == submission.id)
            .order_by(Attempt.number.desc())
            .options(joinedload(Attempt.sent_by), selectinload(Attempt.files))
        )
    )
