"""Where a territory or a school began, and what it wants by when."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow, require
from lms.core.errors import RuleError
from lms.monitoring.indicators.aiming import Owner, aim_of, set_aim
from lms.monitoring.indicators.forms import TargetForm
from lms.monitoring.indicators.loading import get_indicator, get_place, get_school
from lms.monitoring.indicators.models import Indicator
from lms.monitoring.indicators.permissions import FOLLOWERS, can_follow
from lms.monitoring.indicators.views.blueprint import bp


@bp.route("/<int:indicator_id>/target", methods=["GET", "POST"])
@allow(FOLLOWERS)
def target(indicator_id: int) -> ResponseReturnValue:
    """The baseline and the target of a territory."""
    place = get_place()
    return _target(get_indicator(indicator_id), place.territory, place.address)


@bp.route("/<int:indicator_id>/schools/<int:school_id>/target", methods=["GET", "POST"])
@allow(FOLLOWERS)
def school_target(indicator_id: int, school_id: int) -> ResponseReturnValue:
    """The baseline and the target of a school."""
    school = get_school(school_id)
    require(can_follow(current_user, school))
    return _target(get_indicator(indicator_id), school, get_place().address)


def _target(
    indicator: Indicator, owner: Owner, address: dict[str, Any]
) -> ResponseReturnValue:
    back = url_for(".indicator", indicator_id=indicator.id, **address)
    form = TargetForm(indicator, obj=aim_of(indicator, owner))
    if form.validate_on_submit():
        names = ("baseline", "baseline_on", "target", "due_on")
        values = {name: form[name].data for name in names}
        version = form.version.data or 0
        try:
            set_aim(
                indicator, owner, base_version=version, actor=current_user, **values
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Исходное значение и цель сохранены.", "success")
            return redirect(back)
    return render_template(
        "monitoring/indicators/target.html",
        indicator=indicator,
        owner=owner,
        back=back,
        form=form,
    )
