"""Addresses and pages of the diagnostics."""

from collections.abc import Collection

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
from lms.core.disclosure import FEWEST, spell_few
from lms.core.downloads import send_made
from lms.core.errors import wants_json
from lms.core.workbooks import MEDIA_TYPE
from lms.identity.accounts.permissions import OBSERVERS, can_observe
from lms.monitoring.diagnostics import services
from lms.monitoring.diagnostics.editions import items_of
from lms.monitoring.diagnostics.forms import read_answers
from lms.monitoring.diagnostics.loading import (
    asked_modules,
    get_measured,
    get_moment,
    get_place,
    get_results,
    get_sitting,
    my_measured_cohorts,
    my_results,
)
from lms.monitoring.diagnostics.models import Sitting
from lms.monitoring.diagnostics.own import own_results
from lms.monitoring.diagnostics.picture import picture_of
from lms.monitoring.diagnostics.standing import standings_of
from lms.monitoring.diagnostics.wording import (
    NAMES,
    PROMISE,
    in_percent,
    in_points,
    spell_points,
)
from lms.schools.teams.loading import my_memberships

bp = Blueprint("diagnostics", __name__, url_prefix="/diagnostics")


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """What waits for the person, and what the person has answered."""
    standings = standings_of(current_user, my_memberships())
    observes = can_observe(current_user)
    return render_template(
        "monitoring/diagnostics/index.html",
        standings=[one for one in standings if one.is_of_interest],
        results=own_results(current_user),
        measured=my_measured_cohorts() if observes else [],
        names=NAMES,
        promise=PROMISE,
        in_percent=in_percent,
    )


@bp.post("/<int:cohort_id>/<moment>/begin")
@allow(SIGNED_IN)
def begin(cohort_id: int, moment: str) -> ResponseReturnValue:
    """Open the form of the person."""
    sitting = services.begin_sitting(get_place(cohort_id), get_moment(moment))
    return _to(sitting)


@bp.get("/sittings/<int:sitting_id>")
@allow(SIGNED_IN)
def sitting(sitting_id: int) -> ResponseReturnValue:
    """Answer the form, or look at what was answered."""
    return _show(get_sitting(sitting_id))


@bp.post("/sittings/<int:sitting_id>/save")
@allow(SIGNED_IN)
def save(sitting_id: int) -> ResponseReturnValue:
    """Keep what is marked, for a script or by a plain button."""
    sitting = get_sitting(sitting_id)
    services.save_answers(sitting, read_answers(items_of(sitting), request.form))
    if wants_json():
        return {"version": sitting.version}
    flash(
        "Сохранено. Продолжить можно в любой день, пока диагностика открыта.", "success"
    )
    return _to(sitting)


@bp.post("/sittings/<int:sitting_id>/finish")
@allow(SIGNED_IN)
def finish(sitting_id: int) -> ResponseReturnValue:
    """Close the form for good."""
    sitting = get_sitting(sitting_id)
    items = items_of(sitting)
    answers = read_answers(items, request.form)
    try:
        services.finish_sitting(sitting, answers, asked=[item.key for item in items])
    except services.UnansweredError as refusal:
        return _show(sitting, refusal.missing), 422
    flash("Спасибо. Ответы приняты и больше не изменятся.", "success")
    return redirect(url_for(".index"))


@bp.get("/<int:cohort_id>/")
@allow(OBSERVERS)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """What a cohort has learned, by school and module."""
    cohort = get_measured(cohort_id)
    results = my_results(cohort)
    if results is None:
        return render_template("monitoring/diagnostics/nobody.html", cohort=cohort)
    return render_template(
        "monitoring/diagnostics/cohort.html",
        results=results,
        cohort=cohort,
        modules=(modules := asked_modules(results)),
        chart=picture_of(results.main.growth, modules),
        spell_few=spell_few,
        in_points=in_points,
        in_percent=in_percent,
        spell_points=spell_points,
        fewest=FEWEST,
    )


@bp.get("/<int:cohort_id>.xlsx")
@allow(OBSERVERS)
def workbook(cohort_id: int) -> Response:
    """Take the same away as a workbook."""
    from lms.monitoring.diagnostics.workbook import workbook_of

    results = get_results(cohort_id)
    made = workbook_of(results, asked_modules(results))
    return send_made(made, f"Диагностика, {results.cohort.name}", "xlsx", MEDIA_TYPE)


def _to(sitting: Sitting) -> ResponseReturnValue:
    return redirect(url_for(".sitting", sitting_id=sitting.id))


def _show(sitting: Sitting, missing: Collection[str] = ()) -> str:
    return render_template(
        "monitoring/diagnostics/sitting.html",
        sitting=sitting,
        name=NAMES[sitting.moment],
        items=items_of(sitting),
        may_go_on=not sitting.is_finished and services.can_go_on(sitting),
        missing=missing,
        promise=PROMISE,
    )
