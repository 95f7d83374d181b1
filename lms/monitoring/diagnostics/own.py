"""What somebody has answered, for that person's eyes: after the cohort has ended."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import course_modules
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.editions import items_of
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.permissions import visible_sittings
from lms.monitoring.diagnostics.scores import Score, score_of


@dataclass(frozen=True)
class OwnResult:
    """Both results of a person in a cohort, as far as there are both."""

    cohort: Cohort
    sittings: dict[Moment, Sitting]
    scores: dict[Moment, Score]
    # Slug of a module → what it is called.
    labels: dict[str, str]

    @property
    def slugs(self) -> list[str]:
        """Return the modules that were asked about, in the order of the course."""
        asked = {slug for score in self.scores.values() for slug in score.by_module}
        return [slug for slug in self.labels if slug in asked]


def own_results(person: User) -> list[OwnResult]:
    """Return what a person finished in cohorts that are over, the newest first."""
    of_round = joinedload(Sitting.round)
    over = sa.and_(Round.closed_at.is_not(None), Sitting.finished_at.is_not(None))
    query = visible_sittings(person).join(Sitting.round).where(over)
    found = query.order_by(
        Round.closed_at.desc(), Sitting.cohort_id, Sitting.id
    ).options(of_round.joinedload(Round.edition), of_round.joinedload(Round.cohort))
    return list(_by_cohort(list(db.session.scalars(found))))


def _by_cohort(sittings: list[Sitting]) -> Iterator[OwnResult]:
    labels = {m.slug: m.label for m in course_modules()} if sittings else {}
    for cohort in dict.fromkeys(one.round.cohort for one in sittings):
        own = {one.moment: one for one in sittings if one.cohort_id == cohort.id}
        scores = {
            moment: score_of(items_of(one), one.answers) for moment, one in own.items()
        }
        yield OwnResult(cohort, own, scores, labels)
