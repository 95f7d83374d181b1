"""Opening a cohort, ending it, and taking the end back."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.course.cohorts import services
from lms.course.cohorts.forms import OpenForm
from lms.course.cohorts.loading import get_full_cohort
from lms.course.cohorts.programme import calendar_of, lesson_title
from lms.course.cohorts.rule import frozen_rule
from lms.course.cohorts.views.blueprint import bp
from lms.course.cohorts.views.cohort import to_cohort
from lms.course.settings.loading import my_settings
from lms.course.settings.settings import CERTIFIED
from lms.identity.accounts.permissions import ADMINS
from lms.work.submissions.services import waiting_in


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


@bp.get("/<int:cohort_id>/end")
@allow(ADMINS)
def end(cohort_id: int) -> ResponseReturnValue:
    """Say what the end of a cohort means, and name the works that wait."""
    cohort = get_full_cohort(cohort_id)
    waiting = waiting_in(cohort) if cohort.is_open else []
    return render_template(
        "course/cohorts/end.html", cohort=cohort, waiting=waiting, title=lesson_title
    )


@bp.post("/<int:cohort_id>/close")
@allow(ADMINS)
def close(cohort_id: int) -> ResponseReturnValue:
    """End a cohort; of works that wait, the admin has read the list."""
    cohort = get_full_cohort(cohort_id)
    seen = request.form.get("waiting", 0, type=int)
    if cohort.is_open and len(waiting_in(cohort)) > seen:
        return redirect(url_for(".end", cohort_id=cohort.id))
    services.close_cohort(cohort, actor=current_user)
    return to_cohort(cohort, "Поток завершён. Его люди теперь выпускники потока.")


@bp.post("/<int:cohort_id>/reopen")
@allow(ADMINS)
def reopen(cohort_id: int) -> ResponseReturnValue:
    """Take the end of a cohort back."""
    cohort = get_full_cohort(cohort_id)
    services.reopen_cohort(cohort, actor=current_user)
    return to_cohort(cohort, "Поток снова идёт.")
