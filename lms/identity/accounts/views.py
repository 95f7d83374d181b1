"""Addresses and pages of one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.identity.accounts import consents, limits, password_links, services, sign_ins
from lms.identity.accounts.commands import make_admin, show_password_link
from lms.identity.accounts.forms import (
    ChangePasswordForm,
    ConsentForm,
    ForgotForm,
    NewPasswordForm,
    ProfileForm,
    SignInForm,
)
from lms.identity.accounts.sessions import (
    begin_half,
    begin_session,
    begin_session_of,
    end_session,
    half_signed_in,
    next_page,
    this_browser,
)

bp = Blueprint("accounts", __name__, url_prefix="/accounts")
bp.cli.add_command(make_admin)
bp.cli.add_command(show_password_link)


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
@limits.tries_per_account_and_address
@limits.tries_per_account
def sign_in() -> ResponseReturnValue:
    """A person says who they are."""
    if current_user.is_authenticated:
        return redirect(next_page())
    code_page = url_for("factors.enter", next=request.args.get("next"))
    if request.method == "GET" and half_signed_in():
        return redirect(code_page)
    form = SignInForm()
    if form.validate_on_submit():
        try:
            secret = sign_ins.sign_in(
                form.email.data,
                form.password.data,
                user_agent=request.user_agent.string,
            )
        except sign_ins.CodeNeededError as needed:
            begin_half(needed.user_id)
            return redirect(code_page)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            begin_session(secret)
            return redirect(next_page())
    return render_template("identity/accounts/sign_in.html", form=form)


@bp.post("/sign-out")
@allow(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """Leave; also when the sign-in has ended by itself."""
    end_session()
    return redirect(url_for("home.front"))


@bp.post("/sign-out/everywhere")
@allow(SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """Leave every browser: a phone was lost, or somebody looked over the shoulder."""
    sign_ins.sign_out_everywhere(current_user)
    end_session()
    flash("Вы вышли во всех браузерах, и в этом тоже.", "success")
    return redirect(url_for(".sign_in"))


@bp.post("/sign-out/<int:sign_in_id>")
@allow(SIGNED_IN)
def sign_out_browser(sign_in_id: int) -> ResponseReturnValue:
    """Leave one other browser."""
    sign_ins.sign_out_browser(current_user, sign_in_id)
    flash("В том браузере вход завершён.", "success")
    return redirect(url_for(".profile"))


@bp.route("/forgot", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.letters_per_address
@limits.letters_per_account
def forgot() -> ResponseReturnValue:
    """Ask for a letter; the answer never tells whether the address is known."""
    form = ForgotForm(email=request.args.get("email"))
    if form.validate_on_submit():
        password_links.request_password_link(form.email.data)
        return render_template(
            "identity/accounts/letter_sent.html", email=form.email.data
        )
    return render_template("identity/accounts/forgot.html", form=form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
def reset(token: str) -> ResponseReturnValue:
    """Set a new password by the link from the letter."""
    user = password_links.find_by_password_link(token)
    if user is None:
        flash(password_links.DEAD_LINK, "warning")
        return redirect(url_for(".forgot"))
    form = NewPasswordForm(user.email, user.full_name)
    if form.validate_on_submit():
        user_id = password_links.reset_password(token, form.new_password.data)
        begin_session_of(user_id)
        has_come_in = not half_signed_in()
        flash(f"Пароль сохранён{', вы вошли' * has_come_in}.", "success")
        return redirect(url_for("home.start"))
    return render_template("identity/accounts/reset.html", form=form, person=user)


@bp.route("/password", methods=["GET", "POST"])
@allow(SIGNED_IN)
@limits.tries_per_address
def change_password() -> ResponseReturnValue:
    """Replace the password; other browsers are signed out."""
    form = ChangePasswordForm(current_user.email, current_user.full_name)
    if form.validate_on_submit():
        try:
            services.change_password(
                current_user,
                current=form.current_password.data,
                new=form.new_password.data,
                keep=this_browser(),
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Пароль изменён. В других браузерах нужно войти заново.", "success")
            return redirect(url_for(".profile"))
    return render_template("identity/accounts/change_password.html", form=form)


@bp.route("/profile", methods=["GET", "POST"])
@allow(SIGNED_IN)
def profile() -> ResponseReturnValue:
    """What a person says about themselves, and where they are signed in."""
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        services.update_profile(
            current_user, full_name=form.full_name.data, timezone=form.timezone.data
        )
        flash("Сохранено.", "success")
        return redirect(url_for(".profile"))
    return render_template(
        "identity/accounts/profile.html",
        form=form,
        sign_ins=sign_ins.sign_ins_of(current_user),
        this_browser=this_browser(),
        consent=consents.last_consent(current_user),
    )


@bp.route("/consent", methods=["GET", "POST"])
@allow(SIGNED_IN)
def consent() -> ResponseReturnValue:
    """Read the consent and accept it, or learn what happens without it."""
    document = consents.current_consent_document()
    if document is None or current_user.has_consented:
        return redirect(next_page())
    form = ConsentForm()
    if form.validate_on_submit():
        try:
            consents.accept_consent(current_user, form.version.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return redirect(next_page())
    # The box goes with the text that is on the page, and nobody ticks it beforehand.
    form.version.data, form.agreed.data = document.version, False
    return render_template(
        "identity/accounts/consent.html", form=form, document=document
    )


@bp.get("/consent/text")
@allow(PUBLIC)
def consent_text() -> ResponseReturnValue:
    """Show the consent to anybody."""
    document = consents.current_consent_document()
    return render_template("identity/accounts/consent_text.html", document=document)
