"""Pages on which people ask to be erased, and think better of it."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.backup.nightly import DAILY, WEEKLY
from lms.core.errors import RuleError
from lms.core.language import moment
from lms.core.mail import has_mail_server
from lms.identity.accounts import limits
from lms.identity.accounts.sessions import end_session
from lms.identity.erasures import asking
from lms.identity.erasures.fates import fates_of
from lms.identity.erasures.forms import ErasureForm, KeepForm
from lms.identity.erasures.letters import read_call_off_link
from lms.identity.erasures.terms import LASTS
from lms.identity.erasures.ties import ties_of
from lms.identity.erasures.views.blueprint import bp

KEPT = "Всё остаётся как было: сведения не удалят."
ERASE, WITHDRAW = "удалить", "отозвать"


@bp.route("/accounts/data/erase", methods=["GET", "POST"])
@allow(SIGNED_IN)
@limits.tries_per_person
def erase() -> ResponseReturnValue:
    """Ask to be erased after reading what goes, what stays and why."""
    if erasure := asking.erasure_of(current_user):
        return _pending(erasure)
    form = ErasureForm(ERASE)
    if form.validate_on_submit():
        try:
            password = form.current_password.data
            erasure = asking.ask_erasure(current_user, password=password)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Сведения удалят {moment(erasure.erase_at)}.", "success")
            return redirect(url_for(".erase"))
    return render_template("identity/erasures/erase.html", form=form, **_facts())


def _pending(erasure: Any) -> ResponseReturnValue:
    return render_template(
        "identity/erasures/pending.html", erasure=erasure, years=LASTS.years
    )


@bp.route("/accounts/data/withdraw", methods=["GET", "POST"])
@allow(SIGNED_IN)
@limits.tries_per_person
def withdraw() -> ResponseReturnValue:
    """Withdraw the consent: the account closes now, and is erased some days later."""
    form = ErasureForm(WITHDRAW)
    if form.validate_on_submit():
        try:
            password = form.current_password.data
            erasure = asking.withdraw_consent(current_user, password=password)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            page = render_template(
                "identity/erasures/withdrawn.html",
                erasure=erasure,
                email=current_user.email,
            )
            end_session()
            return page
    return render_template("identity/erasures/withdraw.html", form=form, **_facts())


def _facts() -> dict[str, Any]:
    return {
        "fates": fates_of(current_user),
        "ties": ties_of(current_user),
        "regret": asking.REGRET.days,
        "backup_days": DAILY,
        "backup_weeks": WEEKLY,
        "has_mail": has_mail_server(),
    }


@bp.post("/accounts/data/erase/keep")
@allow(SIGNED_IN)
def call_off() -> ResponseReturnValue:
    """Think better of it; a second press changes nothing."""
    if erasure := asking.erasure_of(current_user):
        asking.call_off(erasure.request_id)
    flash(KEPT, "success")
    return redirect(url_for("accounts.profile"))


@bp.route("/accounts/data/keep/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
def keep(token: str) -> ResponseReturnValue:
    """Think better of it by the link from a letter; programs open links too."""
    erasure = read_call_off_link(token)
    if erasure is None:
        flash("Эта ссылка больше не действует: запрос закрыт.", "warning")
        return redirect(url_for("home.start"))
    form = KeepForm()
    if form.validate_on_submit():
        asking.call_off(erasure.request_id)
        flash(KEPT, "success")
        return redirect(url_for("home.start"))
    return render_template("identity/erasures/keep.html", erasure=erasure, form=form)
