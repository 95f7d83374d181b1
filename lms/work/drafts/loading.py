"""Loading a draft for a page, and saving what the page brought."""

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.review.appeals.hearing import hearing_of
from lms.review.deferrals.listing import latest_deferral
from lms.review.reviews.checklist import returned_checklist
from lms.review.reviews.services import reviews_of
from lms.review.threads.talk import read_thread
from lms.work.drafts import files, services
from lms.work.drafts.doubts import Doubts, is_unchanged
from lms.work.drafts.form import answer_fields_of, files_of
from lms.work.drafts.forms import typed_fields
from lms.work.drafts.models import DraftFile
from lms.work.drafts.sending import problems_of
from lms.work.submissions.loading import get_submission
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import can_write
from lms.work.submissions.services import attempts_of, history_of, task_of
from lms.work.tasks.services import left_fields_of, newer_task_of


def get_file(submission: Submission, file_id: int) -> DraftFile:
    """Load a file of a draft, or answer 404."""
    query = sa.select(DraftFile).filter_by(id=file_id, submission_id=submission.id)
    return db.first_or_404(query)


def get_own(submission_id: int) -> Submission:
    """Load a work that the current user may write, or answer 404 or 403."""
    submission = get_submission(submission_id)
    require(can_write(current_user, submission))
    return submission


def show_editor(
    submission: Submission, problems: list[tuple[str, str]] | None = None
) -> str:
    """Show the page on which a team writes, with what keeps the work from going out."""
    note_opened(Topic.WORK, submission.id)
    assignment = task_of(submission)
    sent = history_of(submission)
    attempts = [attempt for attempt in sent if attempt.withdrawal is None]
    reviews = reviews_of(attempts)
    return render_template(
        "work/drafts/edit.html",
        submission=submission,
        assignment=assignment,
        answer_fields=answer_fields_of(submission, assignment, problems or []),
        problems=problems or [],
        files=files_of(submission),
        attempts=attempts,
        sent=sent,
        reviews=reviews,
        checklist=returned_checklist(attempts, reviews),
        accept=files.ACCEPT,
        file_rules=files.RULES,
        talk=read_thread(submission, current_user),
        deferral=latest_deferral(submission),
        hearing=hearing_of(submission, reviews, current_user),
        newer_task=newer_task_of(submission),
        left_fields=left_fields_of(submission, assignment),
    )


def save_typed(submission: Submission) -> int:
    """Save every field of the page that was changed; return how many are rivals."""
    assignment = task_of(submission)
    keys = [field.key for field in assignment.fields]
    rivals = 0
    for typed in typed_fields(request.form, keys):
        if typed.is_changed:
            saved = services.save_field(
                submission,
                typed.key,
                typed.text,
                base_version=typed.base_version,
                author=current_user,
            )
            rivals += saved.is_rival
    return rivals


def doubts_about(submission: Submission) -> Doubts:
    """Say what a team may have forgotten about a returned work; a first one nothing.

    Of a draft that cannot be sent at all nothing is asked: it says what is left.
    """
    attempts = attempts_of(submission)
    checklist = returned_checklist(attempts, reviews_of(attempts[:1]))
    if checklist is None or problems_of(submission, task_of(submission)):
        return Doubts(is_unchanged=False, unanswered=0)
    return Doubts(
        is_unchanged=is_unchanged(submission, checklist.attempt),
        unanswered=len(checklist.open_items),
    )


def ask_first(submission: Submission) -> ResponseReturnValue:
    """Ask whether a work goes out although something speaks against it."""
    doubts = doubts_about(submission)
    page = "work/drafts/doubts.html"
    return render_template(page, submission=submission, doubts=doubts)


def hand_back(error: RuleError) -> ResponseReturnValue:
    """Hand back every text that could not be saved, with the reason."""
    texts = [
        text for key, text in request.form.items() if key.startswith("text-") and text
    ]
    return render_template("work/drafts/unsaved.html", error=error, texts=texts), 409
