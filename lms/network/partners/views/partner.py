"""One partner: the card, adding and correcting it, ending the work."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.edit_forms import save_edit
from lms.core.errors import RuleError
from lms.core.language import today
from lms.identity.accounts.limits import additions_per_person
from lms.network.exchange.services import line_of
from lms.network.partners import services
from lms.network.partners.forms import CloseForm, PartnerForm
from lms.network.partners.loading import (
    get_own_partner,
    get_own_school,
    get_partner,
    people_to_choose,
)
from lms.network.partners.models import Partner
from lms.network.partners.permissions import can_edit_partners
from lms.network.partners.services import partner_named
from lms.network.partners.views.blueprint import bp


def show_partner(partner: Partner, form: CloseForm) -> str:
    """Show the card of a partner, with what its people alone may read."""
    keepers = {person.id for person in people_to_choose(partner.school_id)}
    return render_template(
        "network/partners/partner.html",
        partner=partner,
        has_keeper=partner.keeper_id in keepers,
        edits=can_edit_partners(current_user, partner.school_id),
        line=line_of(partner),
        form=form,
        today=today(),
    )


@bp.get("/<int:partner_id>/")
@allow(SIGNED_IN)
def partner(partner_id: int) -> ResponseReturnValue:
    """Read who a partner is, and what binds the partner and the school."""
    partner = get_partner(partner_id)
    if into := partner.merged_into_id:
        return redirect(url_for(".partner", partner_id=into))
    return show_partner(partner, CloseForm())


@bp.route("/schools/<int:school_id>/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add(school_id: int) -> ResponseReturnValue:
    """Put a partner into the register; who adds one keeps in touch at first."""
    school = get_own_school(school_id)
    people = people_to_choose(school.id)
    form = PartnerForm(people, data={"keeper_id": current_user.id})
    known = None
    if form.validate_on_submit():
        try:
            added = services.add_partner(
                school, form.values, author=current_user, form_key=form.sent_key
            )
        except RuleError as error:
            form.name.errors = [str(error)]
            known = partner_named(school_id, form.name.data)
        else:
            flash(f"Добавлено: {added.name}.", "success")
            return redirect(url_for(".partner", partner_id=added.id))
    template = "network/partners/edit.html"
    return render_template(template, school=school, form=form, known=known)


@bp.route("/<int:partner_id>/edit", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change(partner_id: int) -> ResponseReturnValue:
    """Correct the card of a partner."""
    partner = get_own_partner(partner_id)
    school = partner.school
    form = PartnerForm(people_to_choose(school.id), obj=partner)
    if save_edit(form, partner, services.change_partner, load=get_partner):
        return redirect(url_for(".partner", partner_id=partner_id))
    known = partner_named(school.id, form.name.data) if form.stored else None
    return render_template(
        "network/partners/edit.html",
        school=school,
        form=form,
        partner=partner,
        line=line_of(partner),
        known=known if known is not partner else None,
    )


@bp.post("/<int:partner_id>/close")
@allow(SIGNED_IN)
def close(partner_id: int) -> ResponseReturnValue:
    """End the work with a partner."""
    partner = get_own_partner(partner_id)
    form = CloseForm()
    if form.validate_on_submit():
        try:
            services.close_partner(partner, until=form.until.data, author=current_user)
        except RuleError as error:
            form.until.errors = [str(error)]
        else:
            flash("Работа закончена. Карточка и бумаги остались.", "success")
            return redirect(url_for(".partner", partner_id=partner_id))
    return show_partner(partner, form)


@bp.post("/<int:partner_id>/reopen")
@allow(SIGNED_IN)
def reopen(partner_id: int) -> ResponseReturnValue:
    """Take up the work with a partner again."""
    services.reopen_partner(get_own_partner(partner_id), author=current_user)
    flash("Партнёр снова в таблице.", "success")
    return redirect(url_for(".partner", partner_id=partner_id))
