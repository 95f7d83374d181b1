"""Loading a cohort for a page: found if it is the person's, or there is no page."""

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.interfaces import ORMOption

from lms.core.extensions import db
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.course.cohorts.permissions import judged_cohorts, run_cohorts, visible_cohorts


def get_cohort(cohort_id: int) -> Cohort:
    """Load a cohort that the current user sees, or answer 404."""
    return _get(visible_cohorts(current_user), cohort_id)


def get_run_cohort(cohort_id: int, *options: ORMOption) -> Cohort:
    """Load a cohort that the current user runs, or answer 404."""
    return _get(run_cohorts(current_user).options(*options), cohort_id)


def get_full_cohort(cohort_id: int) -> Cohort:
    """Load a cohort that the current user runs, with its calendar and tutors."""
    rows = selectinload(Cohort.rows).joinedload(CalendarRow.module)
    return get_run_cohort(cohort_id, rows, selectinload(Cohort.tutors))


def get_judged_cohort(cohort_id: int) -> Cohort:
    """Load a cohort in which the current user judges, or answer 404."""
    return _get(judged_cohorts(current_user), cohort_id)


def _get(cohorts: sa.Select[Cohort], cohort_id: int) -> Cohort:
    cohort: Cohort = db.first_or_404(cohorts.where(Cohort.id == cohort_id))
    return cohort
