"""A survey to answer, or what was answered, for a page: found, or there is none."""

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.monitoring.diagnostics.loading import get_place
from lms.monitoring.diagnostics.permissions import sight_of
from lms.monitoring.surveys.models import SurveyEdition, SurveyRound
from lms.monitoring.surveys.permissions import visible_rounds
from lms.monitoring.surveys.results import Results, results_of
from lms.monitoring.surveys.standing import Asking, surveys_of
from lms.schools.teams.models import Membership


def get_asking(cohort_id: int, slug: str) -> tuple[Membership, Asking, SurveyEdition]:
    """Load a survey that has been asked of the person who looks, or answer 404."""
    place = get_place(cohort_id)
    found = surveys_of([place.team.cohort], current_user)
    asking = next((one for one in found if one.slug == slug), None)
    if asking is None or not (asking.is_open or asking.is_over or asking.is_answered):
        abort(404)
    return place, asking, db.session.get_one(SurveyEdition, asking.edition_id)


def get_round(cohort_id: int, slug: str) -> SurveyRound:
    """Load a survey that a cohort has begun to answer, or answer 404."""
    query = visible_rounds(current_user).filter_by(cohort_id=cohort_id, slug=slug)
    kept = joinedload(SurveyRound.edition), joinedload(SurveyRound.cohort)
    found: SurveyRound = db.first_or_404(query.options(*kept))
    return found


def my_results(found: SurveyRound) -> Results:
    """Return what the person who looks may read of a survey."""
    return results_of(found, sight_of(current_user, found.cohort))
