"""The days of a cohort's modules."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.course.cohorts.calendar_forms import CalendarForm
from lms.course.cohorts.dates import change_dates, holidays
from lms.course.cohorts.loading import get_full_cohort
from lms.course.cohorts.programme import course_modules
from lms.course.cohorts.views.blueprint import bp
from lms.course.cohorts.views.cohort import to_cohort
from lms.identity.accounts.permissions import ADMINS


@bp.route("/<int:cohort_id>/calendar", methods=["GET", "POST"])
@allow(ADMINS)
def calendar(cohort_id: int) -> ResponseReturnValue:
    """Change the days of single modules, all on one form."""
    cohort = get_full_cohort(cohort_id)
    form = CalendarForm(cohort, course_modules(), holidays())
    if form.validate_on_submit():
        try:
            change_dates(cohort, changes=form.changes, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
            form.meet(cohort)
        else:
            return to_cohort(cohort, "Календарь сохранён.")
    return render_template("course/cohorts/calendar.html", form=form, cohort=cohort)


@bp.post("/<int:cohort_id>/calendar/past-holidays")
@allow(ADMINS)
def calendar_past_holidays(cohort_id: int) -> ResponseReturnValue:
    """Move what is typed out of the holidays; it is stored when the form is sent."""
    cohort = get_full_cohort(cohort_id)
    form = CalendarForm(cohort, course_modules(), holidays())
    if form.validate():
        form.move_past_holidays()
    return render_template("course/cohorts/calendar.html", form=form, cohort=cohort)
