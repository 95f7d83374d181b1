"""Pages on which people change the address they sign in with, or come back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.mail import has_mail_server
from lms.identity.accounts import limits
from lms.identity.accounts.sessions import (
    begin_session_of,
    end_session,
    half_signed_in,
)
from lms.identity.addresses import services
from lms.identity.addresses.forms import ChangeForm, ComeBackForm, ConfirmForm
from lms.identity.addresses.links import find_change, find_way_back

NO_MAIL = (
    "Сайт пока не отправляет письма: попросите организатора курса вписать новую почту."
)

bp = Blueprint("addresses", __name__, url_prefix="/addresses")


@bp.route("/", methods=["GET", "POST"])
@allow(SIGNED_IN)
@limits.tries_per_person
@limits.letters_per_account
def change() -> ResponseReturnValue:
    """Ask for another address; the answer never tells whether it is somebody's."""
    form = ChangeForm(current_user.email)
    if form.validate_on_submit():
        email, password = form.email.data, form.current_password.data
        try:
            services.request_change(current_user, email, password=password)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return render_template("identity/addresses/sent.html", email=email)
    return render_template("identity/addresses/change.html", form=form)


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
def confirm(token: str) -> ResponseReturnValue:
    """Confirm an address by the link from its letter; programs open links too."""
    change = find_change(token)
    if change is None:
        flash(services.DEAD_CHANGE, "warning")
        return redirect(url_for(".change"))
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            services.confirm_change(token)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            end_session()
            flash("Почта изменена. Войдите с ней; пароль прежний.", "success")
            return redirect(url_for("accounts.sign_in"))
    return render_template("identity/addresses/confirm.html", form=form, change=change)


@bp.route("/back/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
def come_back(token: str) -> ResponseReturnValue:
    """Come in by an admin's link: a new password, and a new address if need be."""
    person = find_way_back(token)
    if person is None:
        flash(services.DEAD_WAY_BACK, "warning")
        return redirect(url_for("accounts.sign_in"))
    form = ComeBackForm(person.email, person.full_name)
    if form.validate_on_submit():
        email = form.email.data or ""
        user_id = services.come_back(token, form.new_password.data, email)
        begin_session_of(user_id)
        flash(f"Пароль сохранён{', вы вошли' * (not half_signed_in())}.", "success")
        if email:
            will_come = f"На {email} придёт ссылка: откройте её в течение суток."
            flash(will_come if has_mail_server() else NO_MAIL, "success")
        return redirect(url_for("home.start"))
    return render_template(
        "identity/addresses/come_back.html", form=form, person=person
    )
