"""Tutors who have scored the samples, so that nothing comes before their work."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.permissions import TUTORS
from lms.review.calibration.services import calibration_of, score_samples


def calibrate(revision, tutor):
    """Score the samples as the author did."""
    samples = content_of(revision).tutor.samples
    if calibration_of(tutor, revision) is None:
        score_samples(revision, [sample.levels for sample in samples], tutor=tutor)


def calibrate_everywhere(*people):
    """Let the tutors among some people score every module that is read."""
    live = sa.select(Revision).join(Module, Module.current_revision_id == Revision.id)
    for revision in db.session.scalars(live.where(Revision.has_samples)).all():
        for person in people:
            if person.roles & TUTORS:
                calibrate(revision, person)
