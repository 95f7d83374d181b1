"""Whom accepted works name: looked through, ticked, added."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.language import plural
from lms.identity.accounts.limits import additions_per_person
from lms.network.partners.forms import OfferForm
from lms.network.partners.loading import get_own_school
from lms.network.partners.models import Partner
from lms.network.partners.offers import Offer, offers_of, take
from lms.network.partners.services import partners_by_name
from lms.network.partners.views.blueprint import bp


def form_of(offer: Offer, partners: Mapping[str, Partner]) -> OfferForm:
    """Return what may be changed of an offer before it is taken."""
    hint = offer.hint
    kind = hint.kind.name if hint.kind else ""
    values = {"name": offer.name, "gives": hint.gives, "wants": hint.wants}
    sent = request.form if request.method == "POST" else None
    data = values | {"kind": kind}
    return OfferForm(partners, sent, prefix=f"{offer.key}-", data=data)


@bp.route("/schools/<int:school_id>/offers", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def offers(school_id: int) -> ResponseReturnValue:
    """Choose lines of accepted works that become partners."""
    school = get_own_school(school_id)
    found = offers_of(school, viewer=current_user)
    known = partners_by_name(school_id)
    rows = [(offer, form_of(offer, known)) for offer in found]
    ticked = [(offer, form) for offer, form in rows if form.take.data]
    right = [form.validate() for _, form in ticked]
    if request.method == "POST" and ticked and all(right):
        chosen = [(offer, form.values) for offer, form in ticked]
        count = take(school, chosen, author=current_user)
        added = plural(count, "партнёр", "партнёра", "партнёров")
        flash(f"В таблице теперь на {added} больше.", "success")
        return redirect(url_for(".register", school_id=school_id))
    return render_template(
        "network/partners/offers.html",
        school=school,
        rows=rows,
        is_refused=request.method == "POST",
        wrong=[form for _, form in ticked if form.errors],
    )
