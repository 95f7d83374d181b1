"""Addresses and pages of letters: choosing them, and stopping them from a letter."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.extensions import csrf
from lms.identity.accounts.permissions import can_coordinate, can_judge
from lms.identity.letters import services
from lms.identity.letters.forms import LettersForm
from lms.identity.letters.models import Letter
from lms.identity.letters.off_links import read_off_link

bp = Blueprint("letters", __name__, url_prefix="/letters")


@bp.route("/", methods=["GET", "POST"])
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """A person chooses what comes by mail."""
    offered = set(Letter)
    offered -= set() if can_judge(current_user) else {Letter.QUEUE}
    offered -= set() if can_coordinate(current_user) else {Letter.SCHOOLS}
    form = LettersForm(offered, services.switched_off(current_user))
    if form.validate_on_submit():
        services.choose_letters(current_user, wanted=form.wanted, offered=offered)
        flash("Сохранено.", "success")
        return redirect(url_for(".index"))
    return render_template("identity/letters/index.html", form=form)


@bp.route("/off/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
@csrf.exempt
def switch_off(token: str) -> ResponseReturnValue:
    """Stop a kind of letters by the link in one of them, without signing in.

    Mail programs press the button by themselves, without cookies and without a
    form token, and follow no redirect (RFC 8058); the signed link is the proof.
    """
    person, letters = read_off_link(token) or abort(404)
    if request.method == "POST":
        services.switch_off(person, letters)
    off = services.switched_off(person)
    return render_template(
        "identity/letters/switch_off.html",
        letters=[letter for letter in Letter if letter in letters],
        done=letters <= off,
    )
