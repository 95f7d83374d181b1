"""The next cohort from an earlier one: what goes along, its days, and making it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.course.cohorts.calendar import in_holidays
from lms.course.cohorts.copying import copied_days
from lms.course.cohorts.dates import holidays
from lms.course.cohorts.forms import CopyForm
from lms.course.cohorts.loading import get_full_cohort
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import course_modules
from lms.course.cohorts.views.blueprint import bp
from lms.course.cohorts.views.cohort import to_cohort
from lms.course.modules.services import current_course
from lms.identity.accounts.permissions import ADMINS
from lms.schools.teams.copying import copy_cohort
from lms.schools.teams.roster import teams_of


@bp.route("/<int:cohort_id>/copy", methods=["GET", "POST"])
@allow(ADMINS)
def copy(cohort_id: int) -> ResponseReturnValue:
    """Plan the next cohort, after the look at its days on `copy_dates`."""
    source = get_full_cohort(cohort_id)
    teams = teams_of(source)
    form = CopyForm(teams, formdata=request.form or request.args or None)
    if form.validate_on_submit():
        chosen = [team for team in teams if team.id in form.teams.data]
        try:
            made = copy_cohort(
                source,
                form.wanted,
                teams=chosen,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_cohort(made, f"Поток «{made.name}» создан. Писем никому не было.")
    return _show(source, form)


@bp.get("/<int:cohort_id>/copy/dates")
@allow(ADMINS)
def copy_dates(cohort_id: int) -> ResponseReturnValue:
    """The days that the next cohort would have; nothing is stored yet."""
    source = get_full_cohort(cohort_id)
    teams = teams_of(source)
    form = CopyForm(teams, formdata=request.args, meta={"csrf": False})
    if not form.validate():
        return _show(source, form)
    try:
        dates = copied_days(source, form.wanted)
    except RuleError as error:
        form.form_errors.append(str(error))
        return _show(source, form)
    course = current_course()
    return render_template(
        "course/cohorts/copy_dates.html",
        source=source,
        form=form,
        teams=[team for team in teams if team.id in form.teams.data],
        dates=dates,
        modules={module.slug: module for module in course_modules()},
        holidays=course.holidays if course else [],
        off=[row.slug for row in dates if in_holidays(row, holidays())],
    )


def _show(source: Cohort, form: CopyForm) -> str:
    return render_template("course/cohorts/copy.html", source=source, form=form)
