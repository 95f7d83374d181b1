"""The council of a school, and who is in it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.edit_forms import save_edit
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.limits import additions_per_person
from lms.network.councils import services
from lms.network.councils.council import council_of
from lms.network.councils.forms import MemberForm
from lms.network.councils.loading import get_own_member
from lms.network.councils.models import CouncilMember
from lms.network.councils.views.blueprint import bp
from lms.network.partners.loading import get_own_school, get_school
from lms.network.partners.permissions import can_edit_partners
from lms.schools.teams.models import School


@bp.get("/schools/<int:school_id>/")
@allow(SIGNED_IN)
def index(school_id: int) -> ResponseReturnValue:
    """Who is in the council, which side is missing, when it met."""
    school = get_school(school_id)
    return render_template(
        "network/councils/index.html",
        school=school,
        council=council_of(school.id),
        edits=can_edit_partners(current_user, school.id),
        today=today(),
    )


@bp.route("/schools/<int:school_id>/members/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add_member(school_id: int) -> ResponseReturnValue:
    """Put somebody into the council."""
    school, form = get_own_school(school_id), MemberForm()
    if form.validate_on_submit():
        try:
            services.add_member(
                school, form.values, author=current_user, form_key=form.sent_key
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Записано.", "success")
            return redirect(url_for(".index", school_id=school_id))
    return _page(school, form)


@bp.route("/members/<int:member_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change_member(member_id: int) -> ResponseReturnValue:
    """Correct a member, or say when the person left."""
    member = get_own_member(member_id)
    form = MemberForm(obj=member)
    if save_edit(form, member, services.change_member, load=get_own_member):
        return redirect(url_for(".index", school_id=member.school_id))
    school = db.session.get_one(School, member.school_id)
    return _page(school, form, member)


@bp.post("/members/<int:member_id>/remove")
@allow(SIGNED_IN)
def remove_member(member_id: int) -> ResponseReturnValue:
    """Take away who was written down by mistake."""
    member = get_own_member(member_id)
    school_id = member.school_id
    services.remove_member(member, author=current_user)
    flash("Запись убрана.", "success")
    return redirect(url_for(".index", school_id=school_id))


def _page(
    school: School, form: MemberForm, member: CouncilMember | None = None
) -> ResponseReturnValue:
    template = "network/councils/member.html"
    return render_template(template, school=school, form=form, member=member)
