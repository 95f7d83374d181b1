"""Loading a draft for a page, and saving what the page brought."""

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.work.drafts import services
from lms.work.drafts.forms import typed_fields
from lms.work.drafts.models import DraftFile
from lms.work.submissions.loading import get_submission
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import can_write
from lms.work.submissions.services import assignment_of


def get_file(submission: Submission, file_id: int) -> DraftFile:
    """Load a file of a draft, or answer 404."""
    query = sa.select(DraftFile).filter_by(id=file_id, submission_id=submission.id)
    return db.first_or_404(query)


def get_own(submission_id: int) -> Submission:
    """Load a work that the current user may write, or answer 404 or 403."""
    submission = get_submission(submission_id)
    require(can_write(current_user, submission))
    return submission


def save_typed(submission: Submission) -> int:
    """Save every field of the page that was changed; return how many are rivals."""
    assignment = assignment_of(submission.module.current_revision)
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


def hand_back(error: RuleError) -> ResponseReturnValue:
    """Hand back every text that could not be saved, with the reason."""
    texts = [
        text for key, text in request.form.items() if key.startswith("text-") and text
    ]
    return render_template("work/drafts/unsaved.html", error=error, texts=texts), 409
