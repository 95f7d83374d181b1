"""What may happen to a work as a whole."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.signals import calendar_changed
from lms.course.content.assignment import Assignment
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.work.submissions.models import (
    Attempt,
    Status,
    Submission,
    Withdrawal,
    stands,
)


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
        facts = {"due_on": row.due_on, "revision_id": revision.id}
        db.session.add(Submission(**key, **facts))
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()
    return db.session.scalars(existing).one()


@calendar_changed.connect
def follow_calendar(
    cohort: Cohort, *, due_days: Mapping[int, tuple[date | None, date | None]]
) -> None:
    """Move the due days of works with the calendar.

    A work that got more time keeps it, unless the calendar now gives even more; an
    accepted one is left alone.
    """
    for module_id, (before, after) in due_days.items():
        has_less = Submission.due_on < after if after else sa.false()
        db.session.execute(
            sa.update(Submission)
            .filter_by(cohort_id=cohort.id, module_id=module_id)
            .where(Submission.status != Status.ACCEPTED)
            .where(Submission.due_on.is_not_distinct_from(before) | has_less)
            .values(due_on=after)
        )


def lock_work(submission: Submission) -> None:
    """Hold the work's row until the commit, and read anew how it stands.

    Writing, sending, judging and giving days all begin so: whoever comes second sees
    what the first has done. Who needs other rows as well locks the work first.
    """
    facts = ["status", "due_on", "sent_at", "returned_by_id", "revision_id"]
    db.session.refresh(submission, facts, with_for_update=True)


def lock_work_in(
    submission: Submission, statuses: Collection[Status], *, refusal: str
) -> None:
    """Hold the work's row, and refuse a work that is elsewhere on its way by now."""
    lock_work(submission)
    if submission.status not in statuses:
        db.session.rollback()
        raise RuleError(refusal)


def give_days_after_return(submission: Submission) -> None:
    """Give the team the days that its cohort has for mending a locked work; no commit.

    A later day stays, and a work without one gets none.
    """
    later = today() + timedelta(days=submission.cohort.return_days)
    if submission.due_on and submission.due_on < later:
        submission.due_on = later


def newest_number(submission: Submission) -> int:
    """Return the number of the version that stands as the last; 0 before the first."""
    newest = sa.select(sa.func.max(Attempt.number)).where(stands())
    return db.session.scalar(newest.filter_by(submission_id=submission.id)) or 0


def was_taken_back(submission: Submission) -> bool:
    """Tell whether what the team sent last was taken back, and not sent again."""
    last = (
        sa.select(Withdrawal.attempt_id)
        .select_from(Attempt)
        .outerjoin(Withdrawal, Withdrawal.attempt_id == Attempt.id)
        .where(Attempt.submission_id == submission.id)
        .order_by(Attempt.number.desc())
        .limit(1)
    )
    return db.session.scalar(last) is not None


def assignment_of(revision: Revision | None) -> Assignment:
    """Return what a revision asks for, with its rubric."""
    assignment = content_of(revision).assignment if revision else None
    if assignment is None:
        raise RuleError("Задание этого занятия сейчас недоступно.")
    return assignment


def answered_revision(submission: Submission) -> Revision | None:
    """Return the revision whose task the draft answers; None if there is none now.

    It is the one the work began with, until its team takes a newer one; an attempt
    remembers its own. So what changed later is not held against anybody.
    """
    live = submission.module.current_revision
    if live is None or submission.revision_id is None:
        return live
    return db.session.get_one(Revision, submission.revision_id)


def task_of(submission: Submission) -> Assignment:
    """Return what the draft of a work answers, with its rubric."""
    return assignment_of(answered_revision(submission))


def waiting_in(cohort: Cohort) -> Sequence[Submission]:
    """Return the works of a cohort that wait for a verdict, the oldest first."""
    return db.session.scalars(
        sa.select(Submission)
        .where(Submission.cohort_id == cohort.id, Submission.status == Status.WAITING)
        .order_by(Submission.sent_at, Submission.id)
        .options(
            joinedload(Submission.team).joinedload(Team.school),
            joinedload(Submission.user),
            joinedload(Submission.module).joinedload(Module.current_revision),
        )
    ).all()


def attempts_of(submission: Submission) -> list[Attempt]:
    """Return what was sent and stands, newest first, with files and senders."""
    return [a for a in history_of(submission) if a.withdrawal is None]


def history_of(submission: Submission) -> list[Attempt]:
    """Return all that was ever sent, newest first, with what was taken back."""
    taken_back = joinedload(Attempt.withdrawal).joinedload(Withdrawal.withdrawn_by)
    return list(
        db.session.scalars(
            sa.select(Attempt)
            .where(Attempt.submission_id == submission.id)
            .order_by(Attempt.number.desc())
            .options(
                joinedload(Attempt.sent_by), selectinload(Attempt.files), taken_back
            )
        )
    )
