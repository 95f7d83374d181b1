"""One change of a cohort at a time."""

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort


def lock_cohort(cohort: Cohort) -> None:
    """Read the row anew and hold it, so that changes of one cohort come in turn.

    Others may still add rows that belong to the cohort, such as credits. Who needs a
    work of the cohort as well locks the cohort first.
    """
    db.session.refresh(cohort, with_for_update={"key_share": True})
