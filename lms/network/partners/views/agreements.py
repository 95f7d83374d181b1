"""What was agreed with a partner, and its papers."""

from functools import partial

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.edit_forms import save_edit
from lms.core.file_fields import PaperForm
from lms.identity.accounts.limits import additions_per_person
from lms.network.partners import agreements
from lms.network.partners.forms import AgreementForm
from lms.network.partners.loading import (
    get_agreement,
    get_own_partner,
    get_paper,
)
from lms.network.partners.models import Agreement, Partner
from lms.network.partners.views.blueprint import bp


@bp.route("/<int:partner_id>/agreements/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def agree(partner_id: int) -> ResponseReturnValue:
    """Write down what was agreed with a partner."""
    partner = get_own_partner(partner_id)
    form = AgreementForm()
    if form.validate_on_submit():
        added = agreements.add_agreement(
            partner, form.values, author=current_user, form_key=form.sent_key
        )
        flash("Записано. Теперь можно приложить скан.", "success")
        return redirect(url_for(".agreement", agreement_id=added.id, _anchor="files"))
    return _page(partner, form)


@bp.route("/agreements/<int:agreement_id>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
def agreement(agreement_id: int) -> ResponseReturnValue:
    """Correct an agreement, and look after its papers."""
    agreement = get_agreement(agreement_id)
    partner, form = agreement.partner, AgreementForm(obj=agreement)
    if save_edit(form, agreement, agreements.change_agreement, load=get_agreement):
        return redirect(url_for(".partner", partner_id=partner.id))
    return _page(partner, form, agreement)


@bp.post("/agreements/<int:agreement_id>/remove")
@allow(SIGNED_IN)
def remove_agreement(agreement_id: int) -> ResponseReturnValue:
    """Take away an agreement that was written down by mistake."""
    agreement = get_agreement(agreement_id)
    partner_id = agreement.partner_id
    agreements.remove_agreement(agreement, author=current_user)
    flash("Договорённость убрана.", "success")
    return redirect(url_for(".partner", partner_id=partner_id))


@bp.post("/agreements/<int:agreement_id>/files")
@allow(SIGNED_IN)
def add_paper(agreement_id: int) -> ResponseReturnValue:
    """Put a paper to an agreement."""
    agreement, form = get_agreement(agreement_id), PaperForm()
    if form.put(partial(agreements.add_paper, agreement, author=current_user)):
        return _to_files(agreement_id)
    agreement = get_agreement(agreement_id)
    words = AgreementForm(formdata=None, obj=agreement)
    return _page(agreement.partner, words, agreement, paper=form)


@bp.get("/agreements/<int:agreement_id>/files/<int:file_id>")
@allow(SIGNED_IN)
def paper(agreement_id: int, file_id: int) -> Response:
    """Give a paper of an agreement to the people of its school."""
    _, file = get_paper(agreement_id, file_id)
    return send_stored(file.sha256, name=file.name, media_type=file.media_type)


@bp.post("/agreements/<int:agreement_id>/files/<int:file_id>/remove")
@allow(SIGNED_IN)
def remove_paper(agreement_id: int, file_id: int) -> ResponseReturnValue:
    """Take a paper away from an agreement."""
    agreement, file = get_paper(agreement_id, file_id)
    agreements.remove_paper(agreement, file, author=current_user)
    return _to_files(agreement_id)


def _to_files(agreement_id: int) -> ResponseReturnValue:
    return redirect(url_for(".agreement", agreement_id=agreement_id, _anchor="files"))


def _page(
    partner: Partner,
    form: AgreementForm,
    agreement: Agreement | None = None,
    *,
    paper: PaperForm | None = None,
) -> ResponseReturnValue:
    return render_template(
        "network/partners/agreement.html",
        partner=partner,
        form=form,
        agreement=agreement,
        paper=paper or PaperForm(),
        rules=agreements.PAPERS,
    )
