"""The numbers of a school: the form that it fills in, and what its coordinator says."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.language import plural
from lms.core.periods import HalfYear
from lms.identity.accounts.limits import additions_per_person
from lms.monitoring.indicators import services
from lms.monitoring.indicators.asking import asked_of
from lms.monitoring.indicators.blocks import Block
from lms.monitoring.indicators.deadlines import due_of, is_late, near_periods
from lms.monitoring.indicators.forms import ReturnForm, SchoolForm, school_form
from lms.monitoring.indicators.hints import hints_for
from lms.monitoring.indicators.loading import (
    chosen_period,
    get_measurement_to_decide,
    get_school,
    measurements_to_accept,
)
from lms.monitoring.indicators.models import Measurement
from lms.monitoring.indicators.permissions import (
    FOLLOWERS,
    can_accept,
    can_follow,
    can_measure,
)
from lms.monitoring.indicators.views.blueprint import bp
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import School
from lms.work.drafts.files import ACCEPT, ready_file

CHANGED = " Остальное тем временем изменилось: посмотрите ещё раз."


@bp.get("/mine")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Lead a member to the numbers of the own school."""
    membership = my_membership() or abort(404)
    return redirect(url_for(".school", school_id=membership.team.school_id))


@bp.route("/schools/<int:school_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def school(school_id: int) -> ResponseReturnValue:
    """The numbers that a school sends for a half-year, and what became of them."""
    school, period = get_school(school_id), chosen_period()
    follows = can_follow(current_user, school)
    measures = can_measure(current_user, school)
    known = services.measurements_of(school, period)
    asked = asked_of(school, period, by_coordinator=follows)
    form = school_form(asked, known)
    if request.method == "POST":
        require(measures)
    if form.validate_on_submit():
        try:
            sent = _send(school, period, form)
        except RuleError as error:
            form.form_errors.append(str(error))
            # Whoever was slower goes on from what is stored now.
            known = services.measurements_of(get_school(school_id), period)
            form.see(known)
        else:
            flash(_sent_in_words(sent, by_coordinator=follows), "success")
            return redirect(_address(school_id, period))
    return _show(school, period, form, known, follows=follows, measures=measures)


def _show(
    school: School,
    period: HalfYear,
    form: SchoolForm,
    known: dict[int, Measurement],
    *,
    follows: bool,
    measures: bool,
) -> str:
    accepts = can_accept(current_user, school)
    others = [one for one in known.values() if one.sent_by_id != current_user.id]
    return render_template(
        "monitoring/indicators/school.html",
        school=school,
        period=period,
        periods=near_periods(period),
        due_on=due_of(period),
        is_late=is_late(period),
        form=form,
        known=known,
        measures=measures,
        hints=hints_for(school, period) if measures else {},
        follows=follows,
        accepts=accepts,
        undecided=[one for one in known.values() if one.is_waiting],
        # Nobody decides about what they sent: see `may_decide`.
        to_decide=others if accepts else [],
        accept=ACCEPT,
    )


@bp.post("/schools/<int:school_id>/accept")
@allow(FOLLOWERS)
def accept(school_id: int) -> ResponseReturnValue:
    """Accept the numbers of a school that a coordinator has looked at."""
    school, period = get_school(school_id), chosen_period()
    require(can_accept(current_user, school))
    looked_at = measurements_to_accept(school)
    accepted = services.accept_measurements(looked_at, actor=current_user)
    numbers = plural(accepted, "показатель", "показателя", "показателей")
    is_all = accepted == len(request.form.getlist("measurement"))
    flash(f"Принято: {numbers}.{'' if is_all else CHANGED}", "success")
    return redirect(_address(school_id, period))


@bp.route("/measurements/<int:measurement_id>", methods=["GET", "POST"])
@allow(FOLLOWERS)
def decide(measurement_id: int) -> ResponseReturnValue:
    """A number and its evidence, to accept or to give back with a question."""
    measurement = get_measurement_to_decide(measurement_id)
    form = ReturnForm(seen=len(measurement.decisions))
    if form.validate_on_submit():
        try:
            services.return_measurement(
                measurement,
                question=form.question.data,
                seen=form.seen.data or 0,
                actor=current_user,
            )
        except RuleError as error:
            measurement = get_measurement_to_decide(measurement_id)
            form.form_errors.append(str(error))
            form.seen.data = len(measurement.decisions)
        else:
            flash("Число вернулось к школе с вашим вопросом.", "success")
            period = HalfYear.of(measurement.starts_on)
            return redirect(_address(measurement.school_id, period))
    return render_template(
        "monitoring/indicators/decide.html",
        measurement=measurement,
        versions=services.versions_of(measurement),
        form=form,
    )


def _send(school: School, period: HalfYear, form: SchoolForm) -> int:
    entries = [_entry(block) for block in form.filled]
    return services.send_measurements(school, period, entries, author=current_user)


def _entry(block: Block) -> services.Entry:
    file = block.file.data
    return services.Entry(
        block.indicator,
        block.count,
        block.link.data or "",
        block.note.data or "",
        ready_file(file.filename, file.read()) if file else None,
        block.seen.data or 0,
    )


def _sent_in_words(sent: int, *, by_coordinator: bool) -> str:
    if not sent:
        return "Всё это уже было прислано, ничего не изменилось."
    numbers = plural(sent, "показатель", "показателя", "показателей")
    if by_coordinator:
        return f"Отправлено: {numbers}. Примет другой координатор или администратор."
    return f"Отправлено: {numbers}. Координатор посмотрит и примет или спросит."


def _address(school_id: int, period: HalfYear) -> str:
    day = period.starts_on.isoformat()
    return url_for(".school", school_id=school_id, period=day)
