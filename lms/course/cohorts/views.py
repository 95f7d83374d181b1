"""Addresses and pages of cohorts."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.keyset import Listing
from lms.core.language import today
from lms.course.cohorts import services
from lms.course.cohorts.calendar import calendar_rows, in_holidays
from lms.course.cohorts.dates import change_dates, holidays
from lms.course.cohorts.forms import (
    EDITABLE,
    CalendarForm,
    NewCohortForm,
    OpenForm,
    SettingsForm,
    TutorsForm,
)
from lms.course.cohorts.loading import get_full_cohort
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import visible_cohorts
from lms.course.cohorts.programme import calendar_of, course_modules, pace_of
from lms.course.cohorts.rule import frozen_rule
from lms.course.modules.services import current_course
from lms.course.settings.loading import my_settings
from lms.course.settings.settings import CERTIFIED
from lms.identity.accounts.permissions import ADMINS, STAFF, can_administer
from lms.overview.progress.summary import summary_of
from lms.schools.invitations.services import current_invitations
from lms.schools.newcomers.progress import arrivals_in, arrivals_of
from lms.schools.teams.models import Team
from lms.schools.teams.roster import count_teams, roster_of, teams_of
from lms.schools.teams.tutors import assign_tutors

# A cohort may have hundreds; the others stand in the table of `teams`.
SHOWN_TEAMS = 12

bp = Blueprint("cohorts", __name__, url_prefix="/cohorts")
PAGE = 20


def to_cohort(cohort: Cohort, message: str) -> ResponseReturnValue:
    """Go to the page of a cohort and say there what happened."""
    flash(message, "success")
    return redirect(url_for("cohorts.cohort", cohort_id=cohort.id))


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """Every cohort, those that begin last on top."""
    keys = Cohort.starts_on, Cohort.id
    part = Listing(visible_cohorts(current_user), keys, PAGE, descending=True).part()
    counts = count_teams(part.items)
    return render_template("course/cohorts/index.html", part=part, counts=counts)


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
        today=today(),
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


@bp.route("/<int:cohort_id>/open", methods=["GET", "POST"])
@allow(ADMINS)
def open(cohort_id: int) -> ResponseReturnValue:
    """Read the rule of completion in words and open the cohort with it."""
    cohort = get_full_cohort(cohort_id)
    form = OpenForm()
    if form.validate_on_submit():
        try:
            services.open_cohort(cohort, seen=form.seen.data, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return to_cohort(cohort, "Поток открыт, правило завершения закреплено.")
    rule = frozen_rule(cohort) or services.planned_rule(cohort)
    form.seen.data = rule.fingerprint if rule else ""
    now = my_settings() if cohort.is_planned else None
    counted = {module.module_id for module in rule.modules} if rule else set()
    modules = [module for module, _ in calendar_of(cohort)]
    return render_template(
        "course/cohorts/open.html",
        form=form,
        cohort=cohort,
        rule=rule,
        unwritten=[m.label for m in modules if m.module.id not in counted],
        samples=now.samples & CERTIFIED if now else frozenset(),
    )


@bp.post("/<int:cohort_id>/close")
@allow(ADMINS)
def close(cohort_id: int) -> ResponseReturnValue:
    """End a cohort."""
    cohort = get_full_cohort(cohort_id)
    services.close_cohort(cohort, actor=current_user)
    return to_cohort(cohort, "Поток завершён. Работы больше не принимаются.")


@bp.post("/<int:cohort_id>/reopen")
@allow(ADMINS)
def reopen(cohort_id: int) -> ResponseReturnValue:
    """Take the end of a cohort back."""
    cohort = get_full_cohort(cohort_id)
    services.reopen_cohort(cohort, actor=current_user)
    return to_cohort(cohort, "Поток снова идёт.")
