"""All teams of a cohort in a table, and the tutors of many of them at once."""

import sqlalchemy as sa
from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.course.cohorts.loading import get_run_cohort
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.permissions import ADMINS
from lms.schools.newcomers.progress import arrivals_of
from lms.schools.teams import search
from lms.schools.teams.forms import NOBODY
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import visible_teams
from lms.schools.teams.roster import TeamState, in_state, roster_of, tutors_by_team
from lms.schools.teams.table_forms import TableFilter, TableForm
from lms.schools.teams.tutors import choose_tutors
from lms.schools.teams.views.blueprint import bp

PAGE = 50


@bp.route("/cohorts/<int:cohort_id>/", methods=["GET", "POST"])
@allow(ADMINS)
def table(cohort_id: int) -> ResponseReturnValue:
    """All teams of a cohort, and the tutors of many of them at once."""
    cohort = get_run_cohort(cohort_id)
    filters = TableFilter(cohort.tutors, formdata=request.args)
    found = search_table(cohort, filters)
    page = db.paginate(found, per_page=PAGE, error_out=False)
    entries = roster_of(shown_teams(cohort) or page.items)
    form = TableForm(entries, cohort.tutors, tutors_by_team(found))
    if form.validate_on_submit():
        try:
            changed = choose_tutors(cohort, choices=form.choices, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
            form.meet()
        else:
            flash(_chosen(changed), "success")
            return redirect(request.full_path)
    return render_template(
        "schools/teams/table.html",
        cohort=cohort,
        filters=filters,
        form=form,
        page=page,
        arrivals=arrivals_of([entry.team for entry in entries]),
    )


def search_table(cohort: Cohort, filters: TableFilter) -> sa.Select[Team]:
    """Return the teams of a cohort that the filters leave."""
    words, tutor = filters.q.data or "", filters.tutor.data
    found = teams_in(cohort).where(search.with_words(words))
    if tutor and filters.tutor.validate(filters):  # one of those who are offered
        tutor_id = None if int(tutor) == NOBODY else int(tutor)
        found = found.where(Team.tutor_id.is_not_distinct_from(tutor_id))
    if state := TeamState.__members__.get(filters.state.data or ""):
        found = in_state(found, state)
    return found


def shown_teams(cohort: Cohort) -> list[Team]:
    """Return the teams that the form was about, whoever is found by now."""
    ids = request.form.getlist("shown", type=int)
    if not ids:
        return []
    found = teams_in(cohort).where(Team.id.in_(ids[:PAGE]))
    return list(db.session.scalars(found))


def teams_in(cohort: Cohort) -> sa.Select[Team]:
    """Return the teams of a cohort in the order of their places."""
    teams = visible_teams(current_user).where(Team.cohort_id == cohort.id)
    return search.by_place(teams)


def _chosen(changed: int) -> str:
    if not changed:
        return "Ничего не изменилось: тьюторы уже такие."
    teams = plural(changed, "команды", "команд", "команд")
    return f"Сохранено. Тьютор сменился у {teams}."
