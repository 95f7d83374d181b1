"""One certificate: its paper, what became of it, revoking and replacing it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.errors import RuleError
from lms.core.mail import fate
from lms.identity.accounts.permissions import ADMINS, STAFF
from lms.outcomes.certificates import services
from lms.outcomes.certificates.forms import ReplaceForm, RevokeForm
from lms.outcomes.certificates.loading import get_certificate
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.permissions import can_amend
from lms.outcomes.certificates.registry import certificates_of
from lms.outcomes.certificates.views.blueprint import bp


@bp.get("/certificates/<number>.pdf")
@allow(SIGNED_IN)
def pdf(number: str) -> ResponseReturnValue:
    """The paper itself, byte for byte as it was made."""
    certificate = get_certificate(number)
    services.check_pdf(certificate)
    return send_stored(
        certificate.pdf_sha256,
        name=f"Сертификат {certificate.number}.pdf",
        media_type="application/pdf",
    )


@bp.get("/certificates/<number>")
@allow(STAFF)
def certificate(number: str) -> ResponseReturnValue:
    """What the staff knows about a certificate and what became of it."""
    certificate = get_certificate(number)
    return render_template(
        "outcomes/certificates/certificate.html",
        certificate=certificate,
        history=certificates_of(certificate.user_id, certificate.cohort_id),
        may_amend=can_amend(current_user),
    )


@bp.route("/certificates/<number>/revoke", methods=["GET", "POST"])
@allow(ADMINS)
def revoke(number: str) -> ResponseReturnValue:
    """An admin declares a certificate void and says why."""
    certificate = get_certificate(number)
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            services.revoke_certificate(
                certificate, reason=form.reason.data, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Сертификат отозван. {fate('письмо с причиной')}", "success")
            return to_certificate(certificate)
    return render_template(
        "outcomes/certificates/revoke.html", form=form, certificate=certificate
    )


@bp.route("/certificates/<number>/replace", methods=["GET", "POST"])
@allow(ADMINS)
def replace(number: str) -> ResponseReturnValue:
    """An admin corrects a misspelled name: a new certificate for the old one."""
    certificate = get_certificate(number)
    form = ReplaceForm(obj=certificate)
    if form.validate_on_submit():
        try:
            new = services.replace_certificate(
                certificate, corrected=form.data, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Готов новый сертификат {new.number}. {fate()}", "success")
            return to_certificate(new)
    return render_template(
        "outcomes/certificates/replace.html", form=form, certificate=certificate
    )


def to_certificate(certificate: Certificate) -> ResponseReturnValue:
    """Go to the page of a certificate."""
    return redirect(url_for("certificates.certificate", number=certificate.address))
