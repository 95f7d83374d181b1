"""The editions of surveys: kept when the course is imported."""

import hashlib

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.measures import Measures
from lms.course.content.survey import Survey
from lms.course.modules.signals import measures_imported
from lms.monitoring.surveys.models import SurveyEdition


def survey_of(edition: SurveyEdition) -> Survey:
    """Return what an edition asks."""
    return Survey.model_validate(edition.content)


@measures_imported.connect
def keep_surveys(measures: Measures) -> None:
    """Keep each survey that is not what it was, and note those that were taken away."""
    newest = sa.select(sa.func.max(SurveyEdition.id)).group_by(SurveyEdition.slug)
    kept = sa.select(SurveyEdition).where(SurveyEdition.id.in_(newest))
    known = {one.slug: one for one in db.session.scalars(kept.order_by("id"))}
    for survey in measures.surveys:
        found = hashlib.sha256(survey.model_dump_json().encode()).hexdigest()
        if survey.slug not in known or known[survey.slug].content_hash != found:
            db.session.add(_edition(survey, found))
    for slug in known.keys() - {survey.slug for survey in measures.surveys}:
        if known[slug].after_module is not None:
            gone = {"slug": slug, "title": known[slug].title, "after_module": None}
            db.session.add(SurveyEdition(**gone, content_hash="", content={}))


def _edition(survey: Survey, content_hash: str) -> SurveyEdition:
    return SurveyEdition(
        slug=survey.slug,
        title=survey.title,
        after_module=survey.after_module,
        content_hash=content_hash,
        content=survey.model_dump(mode="json"),
    )
