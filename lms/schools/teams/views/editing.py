"""Adding a team to a cohort, and correcting one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.course.cohorts.loading import get_run_cohort
from lms.identity.accounts.permissions import ADMINS
from lms.schools.invitations.services import invite
from lms.schools.teams import services
from lms.schools.teams.forms import TeamForm
from lms.schools.teams.loading import get_team, schools_to_choose
from lms.schools.teams.views.blueprint import bp

STAYS = (
    "Не перенесено: {}. У новой школы своё уже есть, поэтому прежнее осталось у школы"
    " «{}». Если что-то из него нужно, перепишите вручную."
)


@bp.route("/new/<int:cohort_id>", methods=["GET", "POST"])
@allow(ADMINS)
def create(cohort_id: int) -> ResponseReturnValue:
    """An admin adds a school's team to a cohort and gets the link for the school."""
    cohort = get_run_cohort(cohort_id)
    form = TeamForm(schools_to_choose(), cohort.tutors)
    if form.validate_on_submit():
        try:
            team = services.create_team(
                cohort=cohort,
                school=form.chosen_school,
                name=form.name.data,
                tutor=form.chosen_tutor,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            invite(team, actor=current_user)
            flash("Команда добавлена. Отправьте ссылку-приглашение в школу.", "success")
            return redirect(url_for("invitations.invite", team_id=team.id))
    return render_template("schools/teams/create.html", form=form, cohort=cohort)


@bp.route("/<int:team_id>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(team_id: int) -> ResponseReturnValue:
    """Correct a team's name, school or tutor."""
    team = get_team(team_id)
    form = TeamForm(schools_to_choose(team), team.cohort.tutors, team=team)
    if form.validate_on_submit():
        former = team.school.label
        try:
            stays = services.edit_team(
                team,
                school=form.chosen_school,
                name=form.name.data,
                tutor=form.chosen_tutor,
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            if stays:
                flash(STAYS.format(", ".join(stays), former), "warning")
            return redirect(url_for(".team", team_id=team.id))
    return render_template("schools/teams/edit.html", form=form, team=team)
