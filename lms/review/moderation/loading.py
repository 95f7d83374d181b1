"""What a page does with a work that its reader is to read blind."""

from flask import abort, redirect, url_for
from flask_login import current_user

from lms.review.moderation.permissions import blind_reading_of
from lms.work.submissions.models import Submission


def read_first(submission: Submission) -> None:
    """Lead a possible second reader to the work alone, without the decision."""
    if reading := blind_reading_of(submission, current_user):
        abort(redirect(url_for("readings.read", reading_id=reading.id)))
