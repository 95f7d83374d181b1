"""Works that two tutors of the demonstration read: one waits, about one they differ."""

import sqlalchemy as sa

from lms.accounts.models import User
from lms.cohorts.services import edit_cohort
from lms.demo.story import TeamStory, sample_of
from lms.extensions import db
from lms.modules.models import Module
from lms.readings.models import Kind, Reading
from lms.readings.services import release_opinion
from lms.reviews.judgement import Judgement, Mark
from lms.reviews.models import Review
from lms.submissions.models import Attempt, Submission


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
    words = "Запросы вижу только со слов взрослых. Поговорим, что считать запросом?"
    release_opinion(reading, Judgement(marks, words), reader=reader)


def second_readings(
    waits: TeamStory, apart: TeamStory, modules: dict[int, Module], admin: User
) -> None:
    """Set a share for the cohort, and let one work wait and one divide the tutors."""
    cohort = waits.team.cohort
    edit_cohort(
        cohort,
        name=cohort.name,
        starts_on=cohort.starts_on,
        return_days=cohort.return_days,
        second_share=20,
        second_threshold=2,
        actor=admin,
    )
    read_twice(waits, modules[2])
    differ(apart, modules[1], reader=waits.tutor)
