"""How the tutors of the demonstration judge alike: samples, and second readings."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.services import edit_cohort
from lms.course.modules.models import Module
from lms.demo.story import TeamStory, practice_of, sample_of
from lms.identity.accounts.models import User
from lms.review.calibration.services import score_samples
from lms.review.moderation.models import Kind, Reading
from lms.review.moderation.services import release_opinion
from lms.review.reviews.judgement import Judgement, Mark
from lms.review.reviews.models import Review
from lms.work.submissions.models import Attempt, Submission


def _calibrate(module: Module, tutor: User, *, lowers: bool = False) -> None:
    """Score the samples as the author did, or one criterion of each a level lower."""
    assignment, guide = practice_of(module)
    first = assignment.rubric[0]
    scores = []
    for sample in guide.samples:
        levels = [level.points for level in first.levels]
        step = levels.index(sample.levels[first.key]) - lowers
        scores.append({**sample.levels, first.key: levels[max(step, 0)]})
    if module.current_revision:
        score_samples(module.current_revision, scores, tutor=tutor)


def calibrations(tutor: User, tutor2: User, modules: dict[int, Module]) -> None:
    """Both tutors have scored the samples of what they judge; one is stricter."""
    for position in range(5):
        _calibrate(modules[position], tutor)
        _calibrate(modules[position], tutor2, lowers=position % 2 == 0)


def read_twice(story: TeamStory, module: Module) -> Reading:
    """Have the decision about a work drawn for a second reader."""
    review = db.session.scalars(
        sa.select(Review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .where(Submission.team_id == story.team.id, Submission.module_id == module.id)
        .order_by(Review.id.desc())
    ).first()
    if review is None:
        raise LookupError(f"nothing was decided about {module.slug}")
    revision = review.attempt.revision
    facts = {"revision_id": revision.id, "rubric_hash": revision.rubric_hash}
    reading = Reading(review=review, kind=Kind.SECOND, **facts)
    db.session.add(reading)
    db.session.commit()
    return reading


def differ(story: TeamStory, module: Module, *, reader: User) -> None:
    """Have a work that was accepted read by somebody who is stricter."""
    reading = read_twice(story, module)
    levels = sample_of(module, "returned").levels
    marks = {key: Mark(points) for key, points in levels.items()}
    words = "Вижу намерения, а не случаи. Поговорим, что считать поступком?"
    release_opinion(reading, Judgement(marks, words), reader=reader)


def second_readings(
    waits: TeamStory, apart: TeamStory, modules: dict[int, Module], admin: User
) -> None:
    """Set a share for the cohort, and let one work wait and one divide the tutors."""
    cohort = waits.team.cohort
    edit_cohort(cohort, {"second_share": 20, "second_threshold": 2}, actor=admin)
    read_twice(waits, modules[2])
    differ(apart, modules[1], reader=waits.tutor)
