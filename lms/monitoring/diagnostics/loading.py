"""A sitting, a place in a cohort or its figures for a page: found, or there is none."""

from collections.abc import Sequence

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.monitoring.diagnostics.models import Moment, Round, Sitting
from lms.monitoring.diagnostics.permissions import (
    measured_cohorts,
    sight_of,
    visible_sittings,
)
from lms.monitoring.diagnostics.results import Results, results_of
from lms.schools.teams.loading import my_memberships
from lms.schools.teams.models import Membership
from lms.work.credits.schedule import ScheduledModule, schedule_of

# Of older cohorts «Ход курса» leads to the figures.
MOST = 20


def get_sitting(sitting_id: int) -> Sitting:
    """Load a sitting of the person who looks, or answer 404."""
    of_round = joinedload(Sitting.round)
    query = visible_sittings(current_user).where(Sitting.id == sitting_id)
    sitting: Sitting = db.first_or_404(
        query.options(
            of_round.joinedload(Round.edition), of_round.joinedload(Round.cohort)
        )
    )
    return sitting


def get_place(cohort_id: int) -> Membership:
    """Return where the person who looks is in a cohort, or answer 404."""
    here = (one for one in my_memberships() if one.cohort_id == cohort_id)
    return next(here, None) or abort(404)


def get_moment(name: str) -> Moment:
    """Return the moment that an address names, or answer 404."""
    return next((one for one in Moment if one.name.lower() == name), None) or abort(404)


def get_measured(cohort_id: int) -> Cohort:
    """Load a cohort whose figures the person may read, or answer 404."""
    query = measured_cohorts(current_user).where(Cohort.id == cohort_id)
    cohort: Cohort = db.first_or_404(query)
    return cohort


def my_measured_cohorts() -> Sequence[Cohort]:
    """Return the cohorts with diagnostics whose figures the person may read."""
    asked = measured_cohorts(current_user).join(Round, Round.cohort_id == Cohort.id)
    newest = asked.order_by(Cohort.starts_on.desc(), Cohort.id).limit(MOST)
    return db.session.scalars(newest).all()


def get_results(cohort_id: int) -> Results:
    """Load the figures of a cohort that has some, or answer 404."""
    return my_results(get_measured(cohort_id)) or abort(404)


def my_results(cohort: Cohort) -> Results | None:
    """Return what the person who looks may read of a cohort, if there is anything."""
    return results_of(cohort, sight_of(current_user, cohort))


def asked_modules(results: Results) -> list[ScheduledModule]:
    """Return the lessons of a cohort that its diagnostics asked about."""
    lessons = schedule_of([results.cohort])[results.cohort.id]
    return [lesson for lesson in lessons if lesson.slug in results.slugs]
