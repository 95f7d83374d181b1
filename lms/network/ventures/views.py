"""Addresses and pages of joint projects."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import selectinload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.edit_forms import save_edit
from lms.core.extensions import db
from lms.identity.accounts.limits import additions_per_person
from lms.network.partners.loading import get_own_school, get_school
from lms.network.partners.models import Partner
from lms.network.partners.permissions import can_edit_partners
from lms.network.partners.register import cards_of
from lms.network.ventures import services
from lms.network.ventures.forms import VentureForm
from lms.network.ventures.models import Venture
from lms.network.ventures.permissions import visible_ventures
from lms.schools.teams.models import School

bp = Blueprint("ventures", __name__, url_prefix="/partners/projects")


def get_own_venture(venture_id: int) -> Venture:
    """Load a joint project that the current user writes, or answer 404."""
    query = visible_ventures(current_user).where(Venture.id == venture_id)
    venture: Venture = db.first_or_404(
        query.options(
            selectinload(Venture.school),
            selectinload(Venture.partners).selectinload(Partner.merged_into),
        )
    )
    require(can_edit_partners(current_user, venture.school_id))
    return venture


@bp.get("/schools/<int:school_id>/")
@allow(SIGNED_IN)
def index(school_id: int) -> ResponseReturnValue:
    """What a school and its partners do together."""
    school = get_school(school_id)
    return render_template(
        "network/ventures/index.html",
        school=school,
        ventures=services.ventures_of(school.id),
        edits=can_edit_partners(current_user, school.id),
    )


@bp.route("/schools/<int:school_id>/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add(school_id: int) -> ResponseReturnValue:
    """Write down a joint project."""
    school = get_own_school(school_id)
    form = VentureForm(cards_of(school.id))
    if form.validate_on_submit():
        services.add_venture(
            school, form.values, author=current_user, form_key=form.sent_key
        )
        flash("Проект записан.", "success")
        return redirect(url_for(".index", school_id=school_id))
    return _page(school, form)


@bp.route("/<int:venture_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change(venture_id: int) -> ResponseReturnValue:
    """Correct a joint project, or say what came of it."""
    venture = get_own_venture(venture_id)
    form = VentureForm(cards_of(venture.school_id), venture)
    if save_edit(form, venture, services.change_venture, load=get_own_venture):
        return redirect(url_for(".index", school_id=venture.school_id))
    return _page(venture.school, form, venture)


@bp.post("/<int:venture_id>/remove")
@allow(SIGNED_IN)
def remove(venture_id: int) -> ResponseReturnValue:
    """Take away a joint project that was written down by mistake."""
    venture = get_own_venture(venture_id)
    school_id = venture.school_id
    services.remove_venture(venture, author=current_user)
    flash("Проект убран.", "success")
    return redirect(url_for(".index", school_id=school_id))


def _page(
    school: School, form: VentureForm, venture: Venture | None = None
) -> ResponseReturnValue:
    template = "network/ventures/edit.html"
    return render_template(template, school=school, form=form, venture=venture)
