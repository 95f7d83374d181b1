"""Two cards of one partner: put together, and parted again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.network.partners import merging
from lms.network.partners.forms import MergeForm
from lms.network.partners.loading import get_own_partner, get_partner
from lms.network.partners.permissions import can_edit_partners
from lms.network.partners.register import cards_of
from lms.network.partners.views.blueprint import bp


@bp.route("/<int:partner_id>/merge", methods=["GET", "POST"])
@allow(SIGNED_IN)
def merge(partner_id: int) -> ResponseReturnValue:
    """Say that a partner is the same as another one."""
    partner = get_own_partner(partner_id)
    cards = cards_of(partner.school_id)
    others = {one.id: one for one in cards if one is not partner}
    form = MergeForm(others.values())
    if form.validate_on_submit():
        into = others[form.into_id.data]
        try:
            merging.merge_partners(partner, into, author=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Теперь это одна карточка. Разъединить можно внизу.", "success")
            return redirect(url_for(".partner", partner_id=into.id))
    template = "network/partners/merge.html"
    return render_template(template, partner=partner, form=form, others=others)


@bp.post("/<int:partner_id>/part")
@allow(SIGNED_IN)
def part(partner_id: int) -> ResponseReturnValue:
    """Take a merged partner apart again."""
    partner = get_partner(partner_id)
    require(can_edit_partners(current_user, partner.school_id))
    merging.part_partner(partner, author=current_user)
    flash("Карточки снова две, у каждой своё.", "success")
    return redirect(url_for(".partner", partner_id=partner.id))
