"""Readings for a page, and what a page does with a work that is to be read blind."""

import sqlalchemy as sa
from flask import abort, redirect, url_for
from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.review.moderation.models import Reading
from lms.review.moderation.permissions import (
    blind_reading_of,
    comparable,
    readable,
)
from lms.review.reviews.models import Review
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission


def read_first(submission: Submission) -> None:
    """Lead a possible second reader to the work alone, without the decision."""
    if reading := blind_reading_of(submission, current_user):
        abort(redirect(url_for("readings.read", reading_id=reading.id)))


def with_names(readings: sa.Select[Reading]) -> sa.Select[Reading]:
    """Load what a line says: whose work it is, and who reviewed it."""
    attempt = contains_eager(Reading.review).contains_eager(Review.attempt)
    work = attempt.selectinload(Attempt.submission)
    return readings.options(
        work.selectinload(Submission.team).selectinload(Team.school),
        work.selectinload(Submission.user),
        work.selectinload(Submission.module),
        contains_eager(Reading.review).selectinload(Review.tutor),
        joinedload(Reading.revision),
        selectinload(Reading.settlement),
        selectinload(Reading.opinion),
    )


def get_reading(reading_id: int) -> Reading:
    """Load what the current user may read now, or answer 404."""
    return db.first_or_404(
        with_names(readable(current_user)).where(Reading.id == reading_id)
    )


def get_comparable(reading_id: int) -> Reading:
    """Load two readings that the current user may compare, or answer 404."""
    return db.first_or_404(
        with_names(comparable(current_user)).where(Reading.id == reading_id)
    )


def get_live(slug: str) -> Revision:
    """Load the live revision of a module with an assignment, or answer 404."""
    query = sa.select(Revision).join(Module, Module.current_revision_id == Revision.id)
    live = query.where(Module.slug == slug, Revision.rubric_hash.is_not(None))
    return db.first_or_404(live.options(joinedload(Revision.module)))
