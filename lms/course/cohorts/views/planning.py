"""The list of cohorts, and planning another one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.keyset import Listing
from lms.course.cohorts import services
from lms.course.cohorts.calendar import calendar_rows, in_holidays
from lms.course.cohorts.forms import NewCohortForm
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts
from lms.course.cohorts.programme import course_modules
from lms.course.cohorts.views.blueprint import bp
from lms.course.cohorts.views.cohort import to_cohort
from lms.course.modules.services import current_course
from lms.identity.accounts.permissions import ADMINS
from lms.overview.progress.graduates import graduates
from lms.schools.teams.roster import count_teams

PAGE = 20


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """Every cohort, those that begin last on top."""
    keys = Cohort.starts_on, Cohort.id
    part = Listing(run_cohorts(current_user), keys, PAGE, descending=True).part()
    counts = count_teams(part.items)
    return render_template(
        "course/cohorts/index.html", part=part, counts=counts, graduates=graduates()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(ADMINS)
def create() -> ResponseReturnValue:
    """An admin plans a cohort, after the look at its days on `preview`."""
    course = current_course()
    if course is None:
        return render_template("course/cohorts/no_course.html")
    form = NewCohortForm(course, formdata=request.form or request.args)
    if form.validate_on_submit():
        try:
            cohort = services.create_cohort(
                name=form.name.data,
                calendar=form.calendar.data,
                starts_on=form.starts_on.data,
                past_holidays=form.past_holidays.data,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            message = f"Поток «{cohort.name}» создан. Дальше — тьюторы и команды."
            return to_cohort(cohort, message)
    return render_template("course/cohorts/create.html", form=form)


@bp.get("/new/dates")
@allow(ADMINS)
def preview() -> ResponseReturnValue:
    """The days that a cohort would have; nothing is stored yet."""
    course = current_course()
    if course is None:
        return redirect(url_for("cohorts.create"))
    form = NewCohortForm(course, formdata=request.args, meta={"csrf": False})
    if not form.validate():
        return render_template("course/cohorts/create.html", form=form)
    calendar, breaks = course.calendars[form.calendar.data], course.breaks
    days = {"past_holidays": form.past_holidays.data}
    dates = calendar_rows(calendar, form.starts_on.data, breaks, **days)
    return render_template(
        "course/cohorts/preview.html",
        form=form,
        calendar=calendar,
        dates=dates,
        modules={module.slug: module for module in course_modules()},
        holidays=course.holidays,
        off=[row.slug for row in dates if in_holidays(row, breaks)],
    )
