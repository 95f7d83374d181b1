"""The own offer: made, corrected, paused, renewed, ended."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.language import day, plural
from lms.identity.accounts.limits import additions_per_person
from lms.network.mentors import offers as services
from lms.network.mentors.forms import OfferForm
from lms.network.mentors.hours import free_hours
from lms.network.mentors.loading import get_own_offer, get_place
from lms.network.mentors.views.blueprint import bp


@bp.route("/me", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def me() -> ResponseReturnValue:
    """Offer help to other schools, or correct what is offered."""
    school = get_place().team.school
    mentor = services.offer_of(current_user)
    form = OfferForm() if request.method == "POST" else OfferForm.of(mentor)
    if form.validate_on_submit():
        services.offer(current_user, school, form.offer)
        flash("Сохранено: так вас видят другие школы.", "success")
        return redirect(url_for(".me"))
    is_present = mentor is not None and mentor.withdrawn_at is None
    return render_template(
        "network/mentors/me.html",
        form=form,
        school=school,
        mentor=mentor if is_present else None,
        free=free_hours([mentor])[mentor.id] if mentor else 0,
        next_end=services.end_of_offer(),
    )


@bp.post("/me/pause")
@allow(SIGNED_IN)
def pause() -> ResponseReturnValue:
    """Be asked by nobody for a while."""
    services.pause(get_own_offer())
    flash("Пауза: новых запросов не будет. Те, что уже у вас, остались.", "success")
    return redirect(url_for(".me"))


@bp.post("/me/resume")
@allow(SIGNED_IN)
def resume() -> ResponseReturnValue:
    """Be asked again."""
    services.resume(get_own_offer())
    flash("Вас снова видят и спрашивают.", "success")
    return redirect(url_for(".me"))


@bp.post("/me/renew")
@allow(SIGNED_IN)
def renew() -> ResponseReturnValue:
    """Stay for another school year."""
    services.renew(get_own_offer())
    flash(f"Продлено до {day(services.end_of_offer())}.", "success")
    return redirect(url_for(".me"))


@bp.post("/me/stop")
@allow(SIGNED_IN)
def stop() -> ResponseReturnValue:
    """Leave the map of mentors."""
    try:
        count = services.stop(get_own_offer())
    except RuleError as error:
        flash(str(error), "warning")
    else:
        back = plural(
            count, "запрос вернулся", "запроса вернулись", "запросов вернулись"
        )
        rest = f" {back} координатору.".replace("\N{NO-BREAK SPACE}", " ")
        flash("Вас больше нет среди наставников." + (rest if count else ""), "success")
    return redirect(url_for(".me"))
