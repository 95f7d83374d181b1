"""Addresses and pages of accounts."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.access import PUBLIC, SIGNED_IN, allow
from lms.accounts import services
from lms.accounts.forms import SignInForm
from lms.accounts.sessions import begin_session, end_session, next_page
from lms.errors import RuleError

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """A person says who they are."""
    if current_user.is_authenticated:
        return redirect(next_page())
    form = SignInForm()
    if form.validate_on_submit():
        try:
            secret = services.sign_in(
                form.email.data,
                form.password.data,
                user_agent=request.user_agent.string,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            begin_session(secret)
            return redirect(next_page())
    return render_template("accounts/sign_in.html", form=form)


@bp.post("/sign-out")
@allow(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """Leave; also when the sign-in has ended by itself."""
    end_session()
    return redirect(url_for("home.front"))


@bp.route("/forgot", methods=["GET", "POST"])
@allow(PUBLIC)
def forgot(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
def reset(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/consent", methods=["GET", "POST"])
@allow(SIGNED_IN)
def consent(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/consent/text", methods=["GET"])
@allow(PUBLIC)
def consent_text(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/profile", methods=["GET", "POST"])
@allow(SIGNED_IN)
def profile(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)


@bp.route("/password", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change_password(**_: object) -> ResponseReturnValue:
    """Stub."""
    abort(501)
