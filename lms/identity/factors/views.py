"""Addresses and pages of one's own second factor, and of the code at sign-in."""

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.qr import send_qr
from lms.identity.accounts import limits
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import OBSERVERS
from lms.identity.accounts.sessions import (
    begin_session,
    half_signed_in,
    next_page,
    this_browser,
)
from lms.identity.accounts.sign_ins import open_sign_in
from lms.identity.factors import codes, services
from lms.identity.factors.commands import reset
from lms.identity.factors.forms import CodeForm

bp = Blueprint("factors", __name__, url_prefix="/factors")
bp.cli.add_command(reset)


@bp.route("/enter", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
@limits.tries_per_half
def enter() -> ResponseReturnValue:
    """Show the code after the password."""
    if current_user.is_authenticated:
        return redirect(next_page())
    user = db.session.get(User, half_signed_in())
    if user is None or user.closed_at:
        return redirect(url_for("accounts.sign_in", next=request.args.get("next")))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            services.show_factor(user, form.password_code.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            agent = request.user_agent.string
            begin_session(open_sign_in(user.id, user_agent=agent))
            return redirect(next_page())
    return render_template("identity/factors/enter.html", form=form)


@bp.get("/")
@allow(OBSERVERS)
def index() -> ResponseReturnValue:
    """What a second factor is, whether there is one, and what can be done."""
    return render_template(
        "identity/factors/index.html",
        factor=services.factor_of(current_user),
        codes_left=services.codes_left(current_user),
    )


@bp.post("/begin")
@allow(OBSERVERS)
def begin() -> ResponseReturnValue:
    """Make a secret for the phone."""
    services.begin_factor(current_user)
    return redirect(url_for(".create"))


@bp.route("/new", methods=["GET", "POST"])
@allow(OBSERVERS)
def create() -> ResponseReturnValue:
    """Read the secret with the phone, and show the first code."""
    factor = services.begun_factor(current_user)
    if factor is None:
        return redirect(url_for(".index"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            made = services.confirm_factor(
                current_user, form.password_code.data, keep=this_browser()
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return _on_paper(made)
    secret = codes.secret_of(factor)
    page = render_template(
        "identity/factors/create.html",
        form=form,
        secret=codes.grouped(secret),
        address=codes.address_of(secret, current_user.email),
    )
    return _unkept(page)


@bp.get("/new.svg")
@allow(OBSERVERS)
def picture() -> ResponseReturnValue:
    """The secret as a picture for the phone's camera."""
    factor = services.begun_factor(current_user) or abort(404)
    return send_qr(codes.address_of(codes.secret_of(factor), current_user.email))


@bp.route("/codes", methods=["GET", "POST"])
@allow(OBSERVERS)
@limits.tries_per_person
def renew() -> ResponseReturnValue:
    """Get new codes for paper in place of the former ones."""
    if services.factor_of(current_user) is None:
        return redirect(url_for(".index"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            made = services.renew_codes(current_user, form.password_code.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return _on_paper(made)
    return render_template("identity/factors/renew.html", form=form)


@bp.route("/remove", methods=["GET", "POST"])
@allow(OBSERVERS)
@limits.tries_per_person
def remove() -> ResponseReturnValue:
    """Go back to the password alone."""
    if services.factor_of(current_user) is None:
        return redirect(url_for(".index"))
    form = CodeForm()
    if form.validate_on_submit():
        try:
            services.remove_factor(current_user, form.password_code.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Вход с кодом отключён, теперь хватит пароля.", "success")
            return redirect(url_for(".index"))
    return render_template("identity/factors/remove.html", form=form)


def _on_paper(made: list[str]) -> ResponseReturnValue:
    """Show the codes for paper, this once."""
    return _unkept(render_template("identity/factors/codes.html", codes=made))


def _unkept(page: str) -> ResponseReturnValue:
    """Answer with a page with secrets, of which a browser keeps no copy."""
    return page, {"Cache-Control": "private, no-store"}
