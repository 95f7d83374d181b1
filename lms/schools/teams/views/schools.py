"""The list of schools, and one of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.permissions import ADMINS
from lms.schools.teams import search, services
from lms.schools.teams.forms import SchoolForm
from lms.schools.teams.models import School
from lms.schools.teams.roster import teams_by_school
from lms.schools.teams.views.blueprint import bp
from lms.schools.territories.tree import stays_of


@bp.get("/schools/")
@allow(ADMINS)
def schools() -> ResponseReturnValue:
    """Every school with its teams."""
    words = request.args.get("q", "")
    part = search.find_schools(words).part()
    return render_template(
        "schools/teams/schools.html",
        part=part,
        words=words,
        teams=teams_by_school(part.items),
    )


@bp.route("/schools/<int:school_id>", methods=["GET", "POST"])
@allow(ADMINS)
def school(school_id: int) -> ResponseReturnValue:
    """Correct a school."""
    school = db.get_or_404(School, school_id)
    form = SchoolForm(obj=school)
    if form.validate_on_submit():
        try:
            services.rename_school(school, form.name.data, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            return redirect(url_for(".schools"))
    stays = stays_of(school)
    return render_template(
        "schools/teams/school.html", form=form, school=school, stays=stays
    )
