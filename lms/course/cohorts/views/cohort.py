"""A cohort on one page, its name and days, and who reviews in it."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.course.cohorts import services
from lms.course.cohorts.calendar import in_holidays
from lms.course.cohorts.dates import holidays
from lms.course.cohorts.forms import EDITABLE, SettingsForm, TutorsForm
from lms.course.cohorts.loading import get_full_cohort
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import calendar_of, pace_of
from lms.course.cohorts.rule import frozen_rule
from lms.course.cohorts.views.blueprint import bp
from lms.identity.accounts.permissions import ADMINS, STAFF, can_administer
from lms.overview.progress.summary import summary_of
from lms.schools.invitations.services import current_invitations
from lms.schools.newcomers.progress import arrivals_in, arrivals_of
from lms.schools.teams.models import Team
from lms.schools.teams.roster import count_teams, roster_of, teams_of
from lms.schools.teams.tutors import assign_tutors

# A cohort may have hundreds; the others stand in the table of `teams`.
SHOWN_TEAMS = 12


def to_cohort(cohort: Cohort, message: str) -> ResponseReturnValue:
    """Go to the page of a cohort and say there what happened."""
    flash(message, "success")
    return redirect(url_for("cohorts.cohort", cohort_id=cohort.id))


@bp.get("/<int:cohort_id>/")
@allow(STAFF)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """What an admin and the tutors need to know about a cohort, on one page."""
    cohort = get_full_cohort(cohort_id)
    teams = teams_of(cohort, limit=SHOWN_TEAMS)
    return render_template(
        "course/cohorts/cohort.html",
        cohort=cohort,
        may_administer=can_administer(current_user),
        summary=summary_of(cohort, current_user),
        pace=pace_of(cohort),
        calendar=calendar_of(cohort),
        rule=frozen_rule(cohort),
        entries=roster_of(teams),
        invitations=current_invitations(teams),
        team_count=count_teams([cohort])[cohort.id].teams,
        arrivals=arrivals_of(teams),
        arrived=arrivals_in(cohort),
    )


@bp.route("/<int:cohort_id>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(cohort_id: int) -> ResponseReturnValue:
    """Change a cohort; the first day only while it is planned."""
    cohort = get_full_cohort(cohort_id)
    form = SettingsForm(cohort)
    if not cohort.is_planned:
        del form.starts_on
    if form.validate_on_submit():
        wanted = {key: form.data[key] for key in EDITABLE if key in form.data}
        seen = form.seen.shown()
        try:
            services.edit_cohort(cohort, wanted, seen=seen, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_cohort(cohort, _edited(cohort))
    return render_template("course/cohorts/edit.html", form=form, cohort=cohort)


def _edited(cohort: Cohort) -> str:
    breaks = holidays()
    if not any(in_holidays(row, breaks) for row in cohort.dates):
        return "Сохранено."
    return "Сохранено. Часть дней попала на каникулы: перенесите их в календаре."


@bp.route("/<int:cohort_id>/tutors", methods=["GET", "POST"])
@allow(ADMINS)
def tutors(cohort_id: int) -> ResponseReturnValue:
    """Choose who reviews in a cohort."""
    cohort = get_full_cohort(cohort_id)
    people = services.available_tutors()
    form = TutorsForm(cohort, people)
    if form.validate_on_submit():
        chosen = [person for person in people if person.id in form.tutors.data]
        lead = next((one for one in people if one.id == form.lead.data), None)
        seen = form.seen.shown()
        try:
            left = assign_tutors(
                cohort, tutors=chosen, lead=lead, seen=seen, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_cohort(cohort, _assigned(left))
    return render_template("course/cohorts/tutors.html", form=form, cohort=cohort)


def _assigned(left: Sequence[Team]) -> str:
    if not left:
        return "Тьюторы назначены."
    names = ", ".join(f"«{team.name}»" for team in left)
    return f"Сохранено. Без своего тьютора остались команды: {names}."
