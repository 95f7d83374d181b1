"""Addresses and pages of enrolments: a list is uploaded, checked and confirmed."""

from collections.abc import Callable
from functools import partial

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.mail import fate
from lms.core.pages import ListPagination
from lms.course.cohorts.loading import get_run_cohort
from lms.identity.accounts.permissions import ADMINS
from lms.schools.enrolments import services, sheets
from lms.schools.enrolments.columns import COLUMNS
from lms.schools.enrolments.forms import (
    ColumnsForm,
    ConfirmForm,
    SameSchoolsForm,
    UploadForm,
)
from lms.schools.enrolments.headings import find_headings
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.plan import Plan
from lms.schools.enrolments.verdicts import Finding, Verdict
from lms.schools.teams.models import Position

bp = Blueprint("enrolments", __name__, url_prefix="/enrolments")

# Stands in the address where a verdict may: the lines that somebody should look at.
DOUBTFUL = "doubtful"


def get_enrolment(enrolment_id: int) -> Enrolment:
    """Load an uploaded list, or answer 404."""
    return db.get_or_404(Enrolment, enrolment_id)


def to_newcomers(enrolment: Enrolment, message: str) -> ResponseReturnValue:
    """Go to those who are expected in the cohort and say there what happened."""
    flash(message, "success")
    return redirect(url_for("newcomers.index", cohort_id=enrolment.cohort_id))


def _download(make: Callable[[str], bytes], title: str, kind: str) -> Response:
    media_type = sheets.MEDIA_TYPES.get(kind) or abort(404)
    return send_made(make(kind), title, kind, media_type)


@bp.route("/cohorts/<int:cohort_id>/new", methods=["GET", "POST"])
@allow(ADMINS)
def upload(cohort_id: int) -> ResponseReturnValue:
    """An admin gives a file with schools, teams and people."""
    cohort = get_run_cohort(cohort_id)
    form = UploadForm()
    if form.validate_on_submit():
        try:
            enrolment = services.upload_list(
                cohort,
                content=form.content,
                name=form.name,
                author=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.file.errors = [str(error)]
        else:
            return redirect(url_for(".check", enrolment_id=enrolment.id))
    return render_template(
        "schools/enrolments/upload.html",
        form=form,
        cohort=cohort,
        columns=COLUMNS,
        positions=list(Position),
    )


@bp.get("/sample.<kind>")
@allow(ADMINS)
def sample(kind: str) -> ResponseReturnValue:
    """A file with headings and two lines to write over."""
    return _download(sheets.sample, "Образец списка участников", kind)


@bp.route("/<int:enrolment_id>/", methods=["GET", "POST"])
@allow(ADMINS)
def check(enrolment_id: int) -> ResponseReturnValue:
    """What a list would change, line by line; nothing is done before the button."""
    enrolment = get_enrolment(enrolment_id)
    if enrolment.is_confirmed:
        return to_newcomers(enrolment, services.CONFIRMED)
    if not enrolment.is_understood:
        return redirect(url_for(".match", enrolment_id=enrolment.id))
    plan = services.plan_of(enrolment)
    form = ConfirmForm(plan)
    if form.validate_on_submit():
        try:
            services.confirm_list(
                enrolment,
                seen=form.seen.data,
                remove=form.remove.data or [],
                also=form.also.data or [],
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
            plan = services.plan_of(enrolment)
        else:
            return to_newcomers(enrolment, confirmed(enrolment))
    form.seen.data = plan.fingerprint
    only = request.args.get("only", "")
    return render_template(
        "schools/enrolments/check.html",
        form=form,
        schools_form=SameSchoolsForm(enrolment, plan),
        enrolment=enrolment,
        plan=plan,
        only=only,
        doubtful=DOUBTFUL,
        verdicts=Verdict.__members__,
        page=ListPagination(lines_to_show(plan, only), per_page=100),
    )


def lines_to_show(plan: Plan, only: str) -> list[Finding]:
    """Return the lines of a verdict, the doubtful ones, or all of them."""
    if only == DOUBTFUL:
        return plan.doubtful
    verdict = Verdict.__members__.get(only)
    return plan.of(verdict) if verdict else plan.in_order_of_need


@bp.route("/<int:enrolment_id>/columns", methods=["GET", "POST"])
@allow(ADMINS)
def match(enrolment_id: int) -> ResponseReturnValue:
    """What each column is, where the headings do not say it; nothing happens yet."""
    enrolment = get_enrolment(enrolment_id)
    if enrolment.is_confirmed:
        return to_newcomers(enrolment, services.CONFIRMED)
    form = ColumnsForm(enrolment)
    if form.validate_on_submit():
        try:
            services.understand_columns(
                enrolment,
                header=form.header.data,
                chosen=form.columns.data,
                for_all=form.for_all,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return redirect(url_for(".check", enrolment_id=enrolment.id))
    rows = [row for _, row in enrolment.lines]
    return render_template(
        "schools/enrolments/match.html",
        form=form,
        enrolment=enrolment,
        questions=find_headings(rows).questions,
        rows=[line for line in enrolment.lines if line[0] >= enrolment.header][:6],
    )


@bp.post("/<int:enrolment_id>/schools")
@allow(ADMINS)
def schools(enrolment_id: int) -> ResponseReturnValue:
    """Say which schools of the list are others, only written differently."""
    enrolment = get_enrolment(enrolment_id)
    chosen = request.form.getlist("same")
    services.say_same_schools(enrolment, chosen=chosen)
    flash("Список сверен заново.", "success")
    return redirect(url_for(".check", enrolment_id=enrolment.id))


def confirmed(enrolment: Enrolment) -> str:
    """Say what became of a list."""
    refused = len(enrolment.refused)
    if not refused:
        return f"Список подтверждён. {fate('письма с приглашениями', many=True)}"
    lines = plural(
        refused, "строка не принята", "строки не приняты", "строк не принято"
    )
    return (
        f"Список подтверждён. {fate('письма', many=True)} {lines}: скачайте их внизу,"
        " исправьте и загрузите."
    )


@bp.get("/<int:enrolment_id>/refused.<kind>")
@allow(ADMINS)
def refused(enrolment_id: int, kind: str) -> ResponseReturnValue:
    """The lines that were refused, each with its reason, ready to be corrected."""
    lines = services.refused_of(get_enrolment(enrolment_id))
    make = partial(sheets.refused_lines, lines)
    return _download(make, "Непринятые строки списка", kind)


@bp.post("/<int:enrolment_id>/discard")
@allow(ADMINS)
def discard(enrolment_id: int) -> ResponseReturnValue:
    """Forget a list that was not confirmed."""
    enrolment = get_enrolment(enrolment_id)
    cohort_id = enrolment.cohort_id
    services.discard_list(enrolment)
    flash("Список удалён, в командах ничего не изменилось.", "success")
    return redirect(url_for(".upload", cohort_id=cohort_id))
