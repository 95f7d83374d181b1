"""Addresses and pages of surveys."""

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.workbooks import MEDIA_TYPE
from lms.identity.accounts.permissions import OBSERVERS
from lms.monitoring.diagnostics.loading import get_measured
from lms.monitoring.surveys.editions import survey_of
from lms.monitoring.surveys.forms import MARKS, WordsForm, read_marks
from lms.monitoring.surveys.loading import get_asking, get_round, my_results
from lms.monitoring.surveys.services import answer_survey
from lms.monitoring.surveys.standing import surveys_of
from lms.monitoring.surveys.wording import in_marks

bp = Blueprint("surveys", __name__, url_prefix="/surveys")


@bp.route("/<int:cohort_id>/<slug>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def answer(cohort_id: int, slug: str) -> ResponseReturnValue:
    """Answer a survey, once."""
    place, asking, edition = get_asking(cohort_id, slug)
    survey = survey_of(edition)
    form, marks = WordsForm(survey), read_marks(survey, request.form)
    missing = [scale for scale in survey.scales if scale.key not in marks]
    if form.validate_on_submit() and not missing:
        words = form.words.data or ""
        try:
            answer_survey(asking, membership=place, marks=marks, text=words)
        except RuleError as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(
                "Спасибо. Ответ принят и хранится отдельно от вашего имени.", "success"
            )
            return redirect(url_for("home.start"))
    return render_template(
        "monitoring/surveys/answer.html",
        asking=asking,
        survey=survey,
        form=form,
        marks=marks,
        missing=missing if request.method == "POST" else [],
        all_marks=MARKS,
    )


@bp.get("/<int:cohort_id>/")
@allow(OBSERVERS)
def index(cohort_id: int) -> ResponseReturnValue:
    """The surveys of a cohort and what became of each."""
    cohort = get_measured(cohort_id)
    return render_template(
        "monitoring/surveys/index.html",
        cohort=cohort,
        surveys=surveys_of([cohort], current_user),
    )


@bp.get("/<int:cohort_id>/<slug>/results")
@allow(OBSERVERS)
def results(cohort_id: int, slug: str) -> ResponseReturnValue:
    """What a cohort has answered, as far as it gives nobody away."""
    return render_template(
        "monitoring/surveys/results.html",
        results=my_results(get_round(cohort_id, slug)),
        all_marks=MARKS,
        in_marks=in_marks,
    )


@bp.get("/<int:cohort_id>/<slug>.xlsx")
@allow(OBSERVERS)
def workbook(cohort_id: int, slug: str) -> Response:
    """Take the same away as a workbook."""
    from lms.monitoring.surveys.workbook import workbook_of

    results = my_results(get_round(cohort_id, slug))
    about = f"Опрос, {results.round.edition.title}, {results.round.cohort.name}"
    return send_made(workbook_of(results), about, "xlsx", MEDIA_TYPE)
