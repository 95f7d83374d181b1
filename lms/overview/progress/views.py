"""Addresses and pages of the progress."""

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_made
from lms.core.extensions import db
from lms.core.pages import ListPagination
from lms.core.workbooks import MEDIA_TYPE
from lms.course.cohorts.loading import get_cohort, get_run_cohort
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import can_run
from lms.identity.accounts.permissions import (
    OBSERVERS,
    STAFF,
    can_administer,
    can_judge,
)
from lms.monitoring.diagnostics.permissions import can_read_figures
from lms.overview.progress.answers import PERIODS, answers_of, spell_hours
from lms.overview.progress.commands import recount_stuck_teams
from lms.overview.progress.levels import levels_of
from lms.overview.progress.loading import (
    by_people,
    chosen_filters,
    chosen_months,
    chosen_people,
    chosen_tables,
    chosen_teams,
    cohorts_to_choose,
    view_form,
)
from lms.overview.progress.picture import (
    picture_of,
    picture_of_answers,
    picture_of_weeks,
)
from lms.overview.progress.questions import question_pace_of
from lms.overview.progress.sheets import workbook_of
from lms.overview.progress.troubles import QUIET
from lms.overview.progress.weeks import answer_weeks_of, changed_weeks, weeks_of
from lms.review.reviews.permissions import visible_works
from lms.work.submissions.models import Submission

# So many rows stand on a page; the figures and the workbook are of all of them.
PER_PAGE = 50

bp = Blueprint("progress", __name__, url_prefix="/progress")
bp.cli.add_command(recount_stuck_teams)


@bp.get("/")
@allow(OBSERVERS)
def index() -> ResponseReturnValue:
    """Lead to the chosen cohort, or to the one that began last."""
    cohorts = cohorts_to_choose()
    if not cohorts:
        return render_template(
            "overview/progress/index.html",
            may_administer=can_administer(current_user),
            may_judge=can_judge(current_user),
        )
    known = {cohort.id for cohort in cohorts}
    chosen = request.args.get("cohort", type=int)
    cohort_id = chosen if chosen in known else cohorts[0].id
    return redirect(url_for(".cohort", cohort_id=cohort_id, **chosen_filters()))


@bp.get("/<int:cohort_id>/")
@allow(OBSERVERS)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """See of every team of a cohort how far it is with every module."""
    cohort = get_cohort(cohort_id)
    if by_people():
        return people(get_run_cohort(cohort_id))
    works = visible_works(current_user).where(Submission.cohort_id == cohort.id)
    filters, chosen = chosen_filters(), chosen_teams(cohort)
    return render_template(
        "overview/progress/cohort.html",
        cohort=cohort,
        filters=filters,
        form=view_form(cohort, filters, chosen.places),
        matrix=chosen.matrix,
        page=ListPagination(chosen.matrix.rows, per_page=PER_PAGE),
        place=chosen.place,
        may_judge=can_judge(current_user),
        runs=can_run(current_user, cohort),
        may_measure=can_read_figures(current_user, cohort),
        quiet_days=QUIET.days,
        readable=set(db.session.scalars(works.with_only_columns(Submission.id))),
    )


@bp.get("/<int:cohort_id>/weeks")
@allow(STAFF)
def weeks(cohort_id: int) -> ResponseReturnValue:
    """See what was accepted week by week, beside the calendar."""
    cohort = get_run_cohort(cohort_id)
    weeks = weeks_of(cohort, current_user)
    return render_template(
        "overview/progress/weeks.html",
        cohort=cohort,
        now=next((week for week in reversed(weeks) if not week.is_ahead), None),
        weeks=changed_weeks(weeks),
        chart=picture_of_weeks(weeks) if weeks else None,
    )


@bp.get("/<int:cohort_id>/levels")
@allow(STAFF)
def levels(cohort_id: int) -> ResponseReturnValue:
    """See by which criteria the works on a lesson are strong and weak."""
    cohort = get_run_cohort(cohort_id)
    lessons = levels_of(cohort, current_user)
    slug = request.args.get("module")
    asked = next((one for one in lessons if one.column.slug == slug), None)
    return render_template(
        "overview/progress/levels.html",
        cohort=cohort,
        lessons=lessons,
        lesson=asked or (lessons[-1] if lessons else None),
    )


def people(cohort: Cohort) -> ResponseReturnValue:
    """See of everybody in a cohort what is left until the certificate."""
    filters, grid = chosen_filters(), chosen_people(cohort)
    return render_template(
        "overview/progress/people.html",
        cohort=cohort,
        filters=filters,
        form=view_form(cohort, filters),
        grid=grid,
        page=ListPagination(grid.rows, per_page=PER_PAGE),
        may_measure=can_read_figures(current_user, cohort),
        may_judge=can_judge(current_user),
        runs=True,
    )


@bp.get("/<int:cohort_id>/answers")
@allow(STAFF)
def answers(cohort_id: int) -> ResponseReturnValue:
    """See how long teams wait for each tutor, module by module."""
    cohort, months = get_run_cohort(cohort_id), chosen_months()
    answers = answers_of(cohort, months=months)
    weeks = answer_weeks_of(cohort, months=months)
    return render_template(
        "overview/progress/answers.html",
        cohort=cohort,
        months=months,
        periods=PERIODS,
        answers=answers,
        questions=question_pace_of(cohort, months=months),
        picture=picture_of(answers),
        weeks=weeks,
        chart=picture_of_answers(weeks),
        spell_hours=spell_hours,
    )


@bp.get("/<int:cohort_id>.xlsx")
@allow(OBSERVERS)
def workbook(cohort_id: int) -> Response:
    """Take the same away as a workbook."""
    cohort = get_cohort(cohort_id)
    if can_run(current_user, cohort):
        months = chosen_months()
        asked = question_pace_of(cohort, months=months)
        answers = answers_of(cohort, months=months)
        content = workbook_of(*chosen_tables(cohort), answers, asked)
    else:
        content = workbook_of(chosen_teams(cohort).matrix)
    return send_made(content, f"Команды и занятия, {cohort.name}", "xlsx", MEDIA_TYPE)
