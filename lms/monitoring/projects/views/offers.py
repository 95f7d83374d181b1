"""What accepted works offer to the project: looked through, ticked, added."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.language import plural
from lms.identity.accounts.limits import additions_per_person
from lms.monitoring.projects.forms import OF_OFFERS, OfferForm
from lms.monitoring.projects.loading import get_own_team
from lms.monitoring.projects.offers import Offer, Taken, offers_of, take
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.views.blueprint import bp


def form_of(offer: Offer) -> OfferForm:
    """Return what may be changed of an offer before it is taken."""
    values = {field: getattr(offer, field) for field in OF_OFFERS}
    sent = request.form if request.method == "POST" else None
    return OfferForm(sent, prefix=f"{offer.key}-", data=values)


@bp.route("/<int:team_id>/offers", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def offers(team_id: int) -> ResponseReturnValue:
    """Choose lines of accepted works that become events."""
    team = get_own_team(team_id)
    rows = [(offer, form_of(offer)) for offer in offers_of(team, project_of(team))]
    ticked = [(offer, form) for offer, form in rows if form.take.data]
    right = [form.validate() for _, form in ticked]
    if request.method == "POST" and ticked and all(right):
        taken = [
            Taken(offer, form.what.data, form.who.data, form.due_on.data)
            for offer, form in ticked
        ]
        count = take(team, taken, author=current_user)
        added = plural(count, "мероприятие", "мероприятия", "мероприятий")
        flash(f"Добавлено: {added}.", "success")
        return redirect(url_for(".events", team_id=team_id, _anchor="table"))
    return render_template(
        "monitoring/projects/offers.html",
        team=team,
        rows=rows,
        is_refused=request.method == "POST",
        wrong=[form for _, form in ticked if form.errors],
    )
