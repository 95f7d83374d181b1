"""Loading for the pages of reviews: found and visible, or the page does not exist."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from flask import abort, redirect, request, url_for
from flask_login import current_user
from flask_sqlalchemy.pagination import Pagination

from lms.core.access import require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.request import sent_number
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.review.appeals.hearing import waiting_count
from lms.review.deferrals.listing import open_count
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.permissions import visible_deferrals
from lms.review.moderation.services import readings_count
from lms.review.reviews.deciding import release_due
from lms.review.reviews.drafts import save_draft
from lms.review.reviews.forms import typed_judgement
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.leases import TAKEN_BACK
from lms.review.reviews.models import ReviewDraft
from lms.review.reviews.opened import Opened, open_work
from lms.review.reviews.permissions import (
    can_review,
    is_reviewable,
    visible_works,
    works_in_charge,
)
from lms.review.reviews.queue import KEPT_STATEMENTS, Filters, ids_in_turn, length_of
from lms.review.reviews.summary import Summary, summary_columns
from lms.review.threads.waiting import Waiting, waiting_columns
from lms.work.submissions.models import Attempt, Submission, stands
from lms.work.submissions.services import assignment_of, was_taken_back

NOTHING: sa.ColumnElement[Any] = sa.null()


@dataclass(frozen=True)
class Errands:
    """All that waits for somebody who reviews, in numbers."""

    summary: Summary
    questions: Waiting
    deferrals: int
    appeals: int
    readings: int
    # What the page asked to be counted beside that, if anything.
    other: int | None


def read_errands(
    deferrals: Callable[[User], sa.Select[Deferral]],
    other: sa.ColumnElement[Any] = NOTHING,
) -> Errands:
    """Count what waits for the current user; one statement."""
    statement = _errands(anybody_like(current_user), deferrals, other)
    row = db.session.execute(statement, {VIEWER: current_user.id}).one()
    return Errands(Summary(*row[:6]), Waiting(*row[6:8]), *row[8:])


@lru_cache(maxsize=KEPT_STATEMENTS)
def _errands(
    viewer: User,
    deferrals: Callable[[User], sa.Select[Deferral]],
    other: sa.ColumnElement[Any],
) -> sa.Select[Any]:
    queue, questions = summary_columns(viewer), waiting_columns(viewer)
    return sa.select(
        queue,
        questions,
        open_count(deferrals(viewer)),
        waiting_count(viewer),
        readings_count(viewer),
        other,
    ).select_from(queue.join(questions, sa.true()))


class QueuePage(Pagination):
    """One page of the queue, by the ids of its works."""

    def __init__(self, filters: Filters) -> None:
        super().__init__(per_page=25, error_out=False, count=False, filters=filters)

    def _query_items(self) -> list[int]:
        part = {"limit": self.per_page, "offset": self._query_offset}
        return list(ids_in_turn(current_user, self._query_args["filters"], **part))


def read_queue(filters: Filters) -> tuple[QueuePage, Errands]:
    """Return one page of the queue, and all numbers around it; two statements."""
    page = QueuePage(filters)
    if filters.is_summed_up:
        errands = read_errands(visible_deferrals)
        page.total = errands.summary.by_state[filters.state]
    else:
        length = length_of(anybody_like(current_user), filters)
        errands = read_errands(visible_deferrals, length)
        page.total = errands.other
    return page, errands


def get_opened(submission_id: int) -> Opened:
    """Load a sent work that the current user may see, or answer 404."""
    opened = open_work(submission_id, current_user)
    if opened is None:
        _refuse_taken_back(submission_id)
    return opened or abort(404)


def get_reviewable(submission_id: int) -> Submission:
    """Load a work that the current user may judge, or answer 404 or 403."""
    query = visible_works(current_user).where(Submission.id == submission_id)
    if (submission := db.session.scalar(query)) is None:
        _refuse_taken_back(submission_id)
        abort(404)
    require(can_review(current_user, submission))
    return submission


def _refuse_taken_back(submission_id: int) -> None:
    """Tell a tutor whose page is older why the work is gone: the team writes again."""
    query = works_in_charge(current_user).where(Submission.id == submission_id)
    submission = db.session.scalar(query)
    if submission and was_taken_back(submission):
        raise RuleError(TAKEN_BACK)


def get_decided(submission_id: int) -> Submission:
    """Load a work that the current user judges, or has a verdict about, or 404.

    Who no longer judges it may still put a verdict aside that could not go out.
    """
    mine = sa.select(Attempt.submission_id).join(ReviewDraft)
    drafted = Submission.id.in_(mine.where(ReviewDraft.tutor_id == current_user.id))
    allowed = sa.or_(is_reviewable(current_user), drafted)
    query = sa.select(Submission).where(Submission.id == submission_id, allowed)
    return db.first_or_404(query)


def release_first() -> None:
    """Let what is due go out before somebody takes, judges or hands over a work.

    So nothing waits for a worker that stands still. Reading a page changes nothing.
    """
    if request.method == "POST":
        release_due()


def get_attempt(submission: Submission) -> Attempt:
    """Load the version that the form was about; without a form, the newest."""
    query = sa.select(Attempt).where(Attempt.submission_id == submission.id)
    if number := sent_number("attempt"):
        query = query.where(Attempt.number == number)
    else:
        query = query.where(stands())
    return db.first_or_404(query.order_by(Attempt.number.desc()).limit(1))


def typed_about(attempt: Attempt) -> Judgement:
    """Read what was typed about an attempt."""
    return typed_judgement(request.form, assignment_of(attempt.revision))


def keep_typed(attempt: Attempt, judgement: Judgement) -> int:
    """Keep what was typed as the tutor's draft; return the version of the draft."""
    version = request.form.get("version", 0, type=int)
    return save_draft(attempt, judgement, base_version=version, tutor=current_user)


def calibrate_first(submission: Submission, **errand: int) -> None:
    """Lead a tutor who has not judged by this rubric yet to its samples.

    The work itself waits: it is taken after that, so no time of a lease is lost.
    """
    opened = open_work(submission.id, current_user)
    if opened:
        score_first(opened, **errand)


def score_first(opened: Opened, **errand: int) -> None:
    """Do the same for a work that is opened."""
    if opened.unscored_id is None or not opened.waits_for(current_user):
        return
    revision = db.session.get_one(Revision, opened.unscored_id)
    place = {"slug": revision.module.slug, "number": revision.number}
    on: dict[str, Any] = {**place, **errand, **chosen_filters().chosen}
    abort(redirect(url_for("calibration.score", **on)))


def chosen_filters() -> Filters:
    """Read the filters that the address carries from the list to the next work.

    An address with nonsense in it filters nothing.
    """
    cohort_id, module_id = (
        request.args.get(name, 0, type=int) for name in ("cohort", "module")
    )
    if not (cohort_id or module_id):
        return Filters()
    run = run_cohorts(current_user).where(Cohort.id == cohort_id)
    is_run, is_module = db.session.execute(
        sa.select(run.exists(), sa.exists().where(Module.id == module_id))
    ).one()
    return Filters(
        cohort_id=cohort_id if is_run else None,
        module_id=module_id if is_module else None,
    )
