"""What is counted on this site, and in which words."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.identity.accounts.permissions import ADMINS
from lms.monitoring.indicators import choosing
from lms.monitoring.indicators.catalogue import OFFERS
from lms.monitoring.indicators.forms import WordingForm
from lms.monitoring.indicators.loading import get_indicator
from lms.monitoring.indicators.models import Source
from lms.monitoring.indicators.views.blueprint import bp


@bp.get("/choice")
@allow(ADMINS)
def choice() -> ResponseReturnValue:
    """What is counted, and what else may be."""
    counted = choosing.counted_now()
    shown = sorted(counted.values(), key=lambda one: one.position)
    return render_template(
        "monitoring/indicators/choice.html",
        counted=shown,
        offered=[offer for offer in OFFERS if offer.key not in counted],
        numbers=sum(one.numbers for one in shown if one.source is Source.SCHOOL),
        most=choosing.MOST_NUMBERS,
    )


@bp.post("/choice/<key>/begin")
@allow(ADMINS)
def begin(key: str) -> ResponseReturnValue:
    """Count one more indicator."""
    offer = next((one for one in OFFERS if one.key == key), None) or abort(404)
    try:
        choosing.begin_counting(offer, actor=current_user)
    except RuleError as error:
        flash(str(error), "error")
    else:
        flash("Показатель добавлен.", "success")
    return redirect(url_for(".choice"))


@bp.post("/<int:indicator_id>/end")
@allow(ADMINS)
def end(indicator_id: int) -> ResponseReturnValue:
    """Ask for an indicator no more."""
    choosing.end_counting(get_indicator(indicator_id), actor=current_user)
    flash("Больше не спрашиваем. Присланное раньше осталось на месте.", "success")
    return redirect(url_for(".choice"))


@bp.route("/<int:indicator_id>/wording", methods=["GET", "POST"])
@allow(ADMINS)
def reword(indicator_id: int) -> ResponseReturnValue:
    """Ask for an indicator in other words."""
    indicator = get_indicator(indicator_id)
    form = WordingForm(indicator)
    if form.validate_on_submit():
        names = ("title", "purpose", "numerator_text", "denominator_text")
        wording = {name: form[name].data or "" for name in names}
        try:
            choosing.reword(indicator, actor=current_user, **wording)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено. Прежние числа остались под прежними словами.", "success")
            return redirect(url_for(".choice"))
    return render_template(
        "monitoring/indicators/reword.html", indicator=indicator, form=form
    )
